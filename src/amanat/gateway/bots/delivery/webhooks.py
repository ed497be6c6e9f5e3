"""Delivers what waits for a bot to its webhook: each chat's updates in their order, different chats side by side.

An update goes once its receiver has answered 2xx, in the unit that notes the try and says what the answer calls for.
What is killed in between is delivered again, byte for byte.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, Protocol

import structlog
from msgspec.structs import replace

from amanat.core.errors import InternalError
from amanat.core.retries import pause
from amanat.db.tx import Tx
from amanat.gateway.bots.api import NotNow, Webhook
from amanat.gateway.bots.delivery.answering import AnsweringLine
from amanat.gateway.bots.delivery.backlog import NEVER
from amanat.gateway.bots.delivery.deliveries import Outcome, note_try
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.line import BotLine
from amanat.gateway.bots.model import Update
from amanat.gateway.bots.tables import HEAD_OF, UPDATES, UpdateRow
from amanat.gateway.bots.updates import Updates
from amanat.outbound.http import HttpAnswer, Unreachable

FIRST_RETRY_S: Final = 1.0
LAST_RETRY_S: Final = 600.0
MAX_ANSWER: Final = 500
"""Of what a receiver answers, in characters, as far as it is kept."""
ANSWER_AGAIN_S: Final = 5.0
"""After how long what an answer calls for is tried again, where the server could not be asked."""
NOT_KEPT: Final = "it was taken, and the database could not note that with what its answer calls for"
LOOK_AFTER_S: Final = 60.0
DATABASE_AWAY_S: Final = 0.5

log = structlog.get_logger()


class Posts(Protocol):
    """Makes a request of a stranger's server; `HttpClient` is one."""

    async def ask(self, method: str, url: str, *, headers: Mapping[str, str], body: bytes = b"") -> HttpAnswer: ...


class Webhooks:
    """Delivers one bot's updates."""

    def __init__(self, on: Ground, line: BotLine, *, updates: Updates, posts: Posts) -> None:
        self._on = on
        self._line = line
        self._updates = updates
        self._posts = posts
        self.clock: Callable[[], float] = time.monotonic
        self.pause: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def work(self) -> None:
        """Deliver what waits and what comes, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                seen = self._updates.generation
                try:
                    left_s = await self._begin(await self._line.webhook(), tasks)
                    # Until an update comes, a try has ended, or the next is due.
                    await self._updates.wait(left_s, since=seen)
                except InternalError:
                    await asyncio.sleep(DATABASE_AWAY_S)

    async def _begin(self, webhook: Webhook | None, tasks: asyncio.TaskGroup) -> float | None:
        """Begin what is due, as far as there is room; return in how many seconds something else is, if anything."""
        backlog = self._updates.backlog
        if webhook is None:
            backlog.forget()
            return None
        await backlog.look()
        for chat in backlog.take(webhook.at_once, now_ms=self._on.now_ms()):
            tasks.create_task(self._deliver(webhook, chat))
        due_ts = backlog.next_due_ts()
        return None if due_ts is None else min(LOOK_AFTER_S, max(0.0, (due_ts - self._on.now_ms()) / 1000))

    async def _deliver(self, webhook: Webhook, chat: int) -> None:
        """Deliver the oldest update of a chat."""
        backlog = self._updates.backlog
        done, due_ts = NEVER, None
        try:
            newest = backlog.newest(chat)
            row = backlog.oldest(chat) or await self._on.store.first(HEAD_OF, chat=chat)
            if row is None:
                done = newest
            elif row.due_ts > self._on.now_ms():
                due_ts = row.due_ts
            else:
                due_ts = await self._try(webhook, row)
                done = row.position if due_ts is None else NEVER
        except InternalError:
            await asyncio.sleep(DATABASE_AWAY_S)
        finally:
            backlog.leave(chat, done=done, due_ts=due_ts)
            self._updates.wake()

    async def _try(self, webhook: Webhook, row: UpdateRow) -> int | None:
        """Try to deliver an update; return when it is to be tried again, if it was not taken."""
        if webhook.kinds and row.kind not in webhook.kinds:
            await self._on.store.write(lambda tx: tx.delete(UPDATES, row.position))
            return None
        began, ts = self.clock(), self._on.now_ms()
        status, answer, content_type = await self._post(webhook, row)
        took_ms = round((self.clock() - began) * 1000)
        outcome = Outcome(ts, took_ms, status, answer[:MAX_ANSWER].decode(errors="replace"))
        if not outcome.is_taken:
            return await self._postpone(row, outcome)
        try:
            await self._take(row, outcome, answer=answer, content_type=content_type)
        except InternalError:
            # Whether it is on disk is not known. It is not, if the update still waits; then both are done again.
            return await self._postpone(row, replace(outcome, status=0, answer=NOT_KEPT))
        return None

    async def _post(self, webhook: Webhook, row: UpdateRow) -> tuple[int, bytes, str]:
        update = Update(position=row.position, chat=row.chat, kind=row.kind, body=row.body, ts=row.ts)
        post = self._on.api.post(webhook, update, me=self._on.me)
        try:
            answer = await self._posts.ask("POST", post.url, headers=post.headers, body=post.body)
        except Unreachable as error:
            # Whoever answers 200 has it, however much they say: nothing is delivered twice for that.
            return error.status, str(error).encode(), ""
        return answer.status, answer.body, answer.content_type

    async def _take(self, row: UpdateRow, outcome: Outcome, *, answer: bytes, content_type: str) -> None:
        """Note that an update is the receiver's, with what its answer calls for."""

        def note(tx: Tx) -> None:
            tx.delete(UPDATES, row.position)
            note_try(tx, row, outcome=outcome)

        line = AnsweringLine(self._on, self._updates, note=note)
        if answer:
            await self._answered(line, row, answer=answer, content_type=content_type)
        if not line.has_noted:
            await self._on.store.write(note)

    async def _answered(self, line: AnsweringLine, row: UpdateRow, *, answer: bytes, content_type: str) -> None:
        """Do what an answer calls for, however long the server cannot be asked: as long as updates wait.

        Nobody else would try again. The chat waits meanwhile; what is killed is delivered, and answered, once more.
        """
        until_ts = row.ts + self._on.api.keeps_ms
        while True:
            try:
                await self._on.api.answered(line, answer, content_type=content_type)
                return
            except NotNow:
                if line.has_noted or self._on.now_ms() > until_ts:
                    log.warning("webhook_answer_given_up", bot=self._on.me.username)
                    return
                await self.pause(ANSWER_AGAIN_S)

    async def _postpone(self, row: UpdateRow, outcome: Outcome) -> int:
        """Note a try in vain, and return when the next one is due."""
        chance = random.random()  # noqa: S311 - no secret hangs on it
        pause_s = pause(row.tries + 1, first=FIRST_RETRY_S, last=LAST_RETRY_S, chance=chance)
        due_ts = self._on.now_ms() + round(pause_s * 1000)

        def note(tx: Tx) -> None:
            if tx.get(UPDATES, row.position) is not None:  # else it was given up while it was under way
                tx.put(UPDATES, replace(row, tries=row.tries + 1, due_ts=due_ts))
            note_try(tx, row, outcome=outcome)

        await self._on.store.write(note, needs=[(UPDATES, (row.position,))])
        log.info("webhook_failed", bot=self._on.me.username, status=outcome.status, tries=row.tries + 1)
        return due_ts
