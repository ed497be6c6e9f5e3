"""A bot at work, as tests see it: an API that writes down what it is told of, and a receiver of webhooks."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from msgspec import json

from amanat.gateway.bots.api import Api, Line, Me, Post, Webhook
from amanat.gateway.bots.delivery.webhooks import Posts
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.introduction import Introduction
from amanat.gateway.bots.model import Drafted, Heard, Update
from amanat.gateway.device import credentials
from amanat.gateway.device.ground import random_id, wall_clock_ms
from amanat.gateway.device.happenings import Outgoing, Sent
from amanat.gateway.service import bot_file
from amanat.gateway.service.bot import Bot
from amanat.gateway.service.bot_file import BotFile
from amanat.gateway.service.opened_folder import CREDENTIALS
from amanat.gateway.store.data_folder import ServiceFolder
from amanat.gateway.store.stamp import ServiceStamp
from amanat.outbound.http import HttpAnswer, Unreachable
from tests.gateway.device.office import PATIENCE_S
from tests.gateway.device.town import Road, Town, until
from tests.gateway.service.at_work import Visitor
from tests.server import Person


class PlainApi:
    """An `Api` that writes an update as the model has it."""

    keeps_ms = 86_400_000
    tells_reads = True
    begins_by = ""
    sends_offers = True

    def draft(self, heard: Heard, *, me: Me, position: int) -> Drafted | None:
        told = {"position": position, "bot": me.number, "heard": json.decode(json.encode(heard))}
        return Drafted(type(heard).__name__, json.encode(told))

    def post(self, webhook: Webhook, update: Update, *, me: Me) -> Post:
        return Post(url=webhook.url, headers={"content-type": "application/json"}, body=update.body)

    def sample(self, *, me: Me, position: int, ts: int) -> bytes:
        return json.encode({"test": position})

    async def introduction(self, line: Line) -> Introduction:
        return Introduction()

    async def answered(self, line: Line, body: bytes, *, content_type: str) -> None:
        """A webhook's answer asks for nothing."""


class Receiver:
    """Takes what is delivered; `fails` so many times first, and cannot be reached with what it `refuses`."""

    def __init__(self) -> None:
        self.fails = 0
        self.refuses = ""
        self.holds = ""
        """What it does not answer before `let_go`."""
        self.let_go = asyncio.Event()
        self.answer: Callable[[bytes], bytes] = lambda _: b""
        self.came: list[bytes] = []
        self.tries: list[bytes] = []
        self._came = asyncio.Event()

    async def ask(self, method: str, url: str, *, headers: Mapping[str, str], body: bytes = b"") -> HttpAnswer:
        self.tries.append(body)
        self._came.set()
        if self.refuses and self.refuses.encode() in body:
            raise Unreachable("no connection", maybe_received=False)
        if len(self.tries) <= self.fails:
            return HttpAnswer(503, b"later")
        if self.holds and self.holds.encode() in body:
            await self.let_go.wait()
        self.came.append(body)
        self._came.set()
        return HttpAnswer(200, self.answer(body))

    async def is_given(self, word: str) -> None:
        """Wait until it has been given an update that holds a word."""
        async with asyncio.timeout(PATIENCE_S):
            while not any(word.encode() in body for body in self.came):
                self._came.clear()
                await self._came.wait()

    async def is_tried(self, times: int) -> None:
        """Wait until so many deliveries were tried."""
        async with asyncio.timeout(PATIENCE_S):
            while len(self.tries) < times:
                self._came.clear()
                await self._came.wait()

    async def gets(self, count: int) -> list[bytes]:
        """Wait for so many updates."""
        async with asyncio.timeout(PATIENCE_S):
            while len(self.came) < count:
                self._came.clear()
                await self._came.wait()
        return self.came


class BotAtWork:
    """A bot that runs until it is closed, or stopped and begun again."""

    bot: Bot

    def __init__(self, town: Town, folder: Path, *, person: Person) -> None:
        self.town = town
        self.folder = folder
        self.person = person
        self.receiver = Receiver()
        self.api: Api = PlainApi()
        self.posts: Posts = self.receiver
        self.ahead_ms = 0
        """How far the bot's clock is ahead, set by hand."""
        self.loses: Callable[[str], str | None] = lambda _: None
        """See `Road`; from the next start on."""
        self.road = Road(town.server)
        self._taken = 0
        self._running: asyncio.Task[None] | None = None

    @classmethod
    async def begin(
        cls,
        town: Town,
        folder: Path,
        *,
        hears_groups: bool = False,
        api: Api | None = None,
        posts: Posts | None = None,
        database: str | None = None,
    ) -> "BotAtWork":
        """Make a bot and let it work; `posts` delivers to webhooks, `database` is a PostgreSQL in place of SQLite."""
        person = await town.server.user("bot")
        held = town.credentials(person)
        kept = ServiceFolder(folder)
        kept.prepare(ServiceStamp(server_name=held.server_name, user_id=held.user_id, created_ts=1))
        kept.make_key()
        if database is not None:
            kept.keep_in(database)
        credentials.write(held, folder / CREDENTIALS)
        made = BotFile(api="telegram", number=77, name="Bot", secret="s" * 35, hears_groups=hears_groups)
        bot_file.write(folder, made)
        at_work = cls(town, folder, person=person)
        at_work.api, at_work.posts = api or at_work.api, posts or at_work.posts
        await at_work.start()
        return at_work

    @property
    def line(self) -> Line:
        return self.bot.line

    @property
    def ground(self) -> Ground:
        return self.bot.ground

    def now_ms(self) -> int:
        return wall_clock_ms() + self.ahead_ms

    def passes(self, seconds: float) -> None:
        """Let time pass for the bot."""
        self.ahead_ms += round(seconds * 1000)
        self.ground.dues.waiters.wake()

    async def start(self) -> None:
        """Work, or go on working after a stop."""
        await self._open()
        self._running = asyncio.create_task(self.bot.run())

    async def only_hear(self) -> None:
        """Hear after a stop, and do nothing that follows: as if it were killed in that moment."""
        await self._open()
        self._running = asyncio.create_task(self.bot.device.run())

    async def _open(self) -> None:
        self.road.loses = self.loses
        self.bot = await Bot.open(
            self.folder,
            asks=self.road,
            apis=lambda _: self.api,
            posts=self.posts,
            now_ms=self.now_ms,
        )

    async def close(self) -> None:
        """Stop where it stands."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
            self._running = None
            await self.bot.close()

    async def visitor(self, name: str = "citizen") -> Visitor:
        """Bring somebody into a chat with the bot."""
        citizen = await self.town.citizen(name)
        room_id = await citizen.person.create_room(invite=[self.person.user_id])
        await citizen.sees_member(room_id, self.person.user_id)
        return Visitor(citizen, room_id)

    async def receives(self) -> None:
        """Wait until something waits for the bot."""
        await until(self._is_waited_for)

    async def nothing_waits(self) -> None:
        """Wait until nothing waits for the bot."""

        async def nothing() -> bool:
            return await self.line.count_updates() == 0

        await until(nothing)

    async def _is_waited_for(self) -> bool:
        return await self.line.count_updates() > 0

    async def told(self, kind: str) -> dict[str, Any]:
        """Take updates until one is of a kind, and return what it tells."""
        while True:
            found, told = await self.told_next()
            if found == kind:
                return told

    async def told_next(self) -> tuple[str, dict[str, Any]]:
        """Take the next update, and return its kind and what it tells."""
        async with asyncio.timeout(PATIENCE_S):
            while not (updates := await self.line.updates(after=self._taken, most=1)):
                await self.line.wait_for_update(seconds=PATIENCE_S)
        self._taken = updates[0].position
        told: dict[str, Any] = json.decode(updates[0].body)["heard"]
        return updates[0].kind, told


async def send(visitor: Visitor, content: dict[str, Any], event_type: str = "m.room.message") -> str:
    """Send an event as somebody in a chat, and return its id."""
    citizen, txn_id = visitor.citizen, random_id()
    outgoing = Outgoing(room_id=visitor.room_id, txn_id=txn_id, type=event_type, content=content)
    await citizen.store.write(lambda tx: citizen.device.say(tx, outgoing))
    sent = await citizen.echo.until(
        lambda: next((each for each in citizen.echo.told if isinstance(each, Sent) and each.txn_id == txn_id), None),
        "sent",
    )
    return sent.event_id


async def reads(visitor: Visitor, event_id: str, *, kind: str = "m.read") -> None:
    """Let somebody's app say that they have read up to an event."""
    path = f"/_matrix/client/v3/rooms/{visitor.room_id}/receipt/{kind}/{quote(event_id, safe='')}"
    await visitor.citizen.ground.api.post(path, {})
