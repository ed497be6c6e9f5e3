"""A test delivery to a bot's webhook as it is set now: made up, tried once, noted among the last 100, and never queued.

So whoever set a webhook sees at once what its receiver answers, whatever waits for the bot.
"""

import time
from collections.abc import Callable
from typing import Final

from amanat.db.tx import Tx
from amanat.gateway.bots.api import NoWebhook, TooSoon, Trial
from amanat.gateway.bots.delivery.deliveries import TEST, Outcome, note_try
from amanat.gateway.bots.delivery.webhooks import MAX_ANSWER, Posts
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.model import Update
from amanat.gateway.bots.tables import UPDATE_STREAM, UpdateRow
from amanat.outbound.http import Unreachable

REST_S: Final = 5.0
"""Between two tests of a bot: whoever may press the button is not to send a stranger's server a thousand requests."""
NOBODY_S: Final = 0
"""The number of the chat that a test is from: no chat has it."""


class Trials:
    """Of one bot. `clock` is monotonic, in seconds."""

    def __init__(self, on: Ground, posts: Posts) -> None:
        self._on = on
        self._posts = posts
        self._next = 0.0
        self.clock: Callable[[], float] = time.monotonic

    async def send(self) -> Trial:
        """Try one delivery; raises `NoWebhook` and `TooSoon`. What its answer calls for is not done."""
        webhook, now = await self._on.webhook.get(), self.clock()
        if webhook is None:
            raise NoWebhook
        if now < self._next:
            raise TooSoon
        self._next = now + REST_S
        position, ts = await self._on.store.write(_number), self._on.now_ms()
        body = self._on.api.sample(me=self._on.me, position=position, ts=ts)
        update = Update(position=position, chat=NOBODY_S, kind=TEST, body=body, ts=ts)
        post, began = self._on.api.post(webhook, update, me=self._on.me), self.clock()
        try:
            answered = await self._posts.ask("POST", post.url, headers=post.headers, body=post.body)
            status, answer = answered.status, answered.body[:MAX_ANSWER].decode(errors="replace")
        except Unreachable as error:
            status, answer = error.status, str(error)
        outcome = Outcome(ts, round((self.clock() - began) * 1000), status, answer)
        row = UpdateRow(position, NOBODY_S, TEST, body, ts, 0, ts)
        await self._on.store.write(lambda tx: note_try(tx, row, outcome=outcome))
        return Trial(status=outcome.status, answer=outcome.answer, took_ms=outcome.took_ms)


def _number(tx: Tx) -> int:
    return tx.next(UPDATE_STREAM)
