"""A bot of one API over a conversation in memory: everything of a bot but its device."""

import asyncio
import secrets
from pathlib import Path
from typing import Any, Final

from amanat.db.sqlite import SqliteDatabase
from amanat.gateway.bots.api import Api, Me
from amanat.gateway.bots.delivery.webhook_setting import WebhookSetting
from amanat.gateway.bots.delivery.webhooks import Posts, Webhooks
from amanat.gateway.bots.due_work import due_work
from amanat.gateway.bots.dues import Dues
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.hearing import Hearing
from amanat.gateway.bots.line import BotLine
from amanat.gateway.bots.number_sharing import PHONE, SHARED
from amanat.gateway.bots.reads import Reads
from amanat.gateway.bots.room_events import MEMBER, Event
from amanat.gateway.bots.settling import Settling
from amanat.gateway.bots.speaking import Reaction, number_of, reaction_of
from amanat.gateway.bots.tokens import Token, digest_of, make_secret
from amanat.gateway.bots.updates import Updates
from amanat.gateway.bots.waiters import Waiters
from amanat.gateway.fake.device import FakeDevice, Spoken
from amanat.gateway.service.bot_file import BotFile
from amanat.gateway.store.stamp import ServiceStamp
from amanat.gateway.store.store import GatewayStore

SERVER: Final = "fake.invalid"


class FakeBot:
    """One bot; `open`, then `run`, then `close`. People are named, and each has a chat of their own with it."""

    def __init__(self, described: BotFile, *, folder: Path, api: Api, posts: Posts) -> None:
        """`folder` holds what is kept until the process ends."""
        self.described = described
        self.api_name = api_name = described.api
        self.token = f"{described.number}:{make_secret()}"
        self._held = Token(label="fake", digest=digest_of(self.token), made_ts=0)
        self._user_id = f"@{api_name}:{SERVER}"
        self._device = FakeDevice()
        self._device.sent = self._note_sent
        self._store = GatewayStore(SqliteDatabase(folder / api_name / "bot.db"))
        on = Ground(
            store=self._store,
            webhook=WebhookSetting(self._store),
            settled=Waiters(),
            settings=Waiters(),
            dues=Dues(self._store),
            device=self._device,
            api=api,
            me=Me(number=described.number, username=f"{api_name}bot", name=described.name),
            user_id=self._user_id,
            secret=described.secret,
        )
        updates = Updates(on)
        self.line = BotLine(on, updates)
        self._hearing = Hearing(on, updates)
        self._settling = Settling(on, updates, reads=Reads(on, updates))
        self._dues = due_work(on, updates)
        self._webhooks = Webhooks(on, self.line, updates=updates, posts=posts)
        self._now_ms = on.now_ms
        self._sent: asyncio.Queue[tuple[str, str, str]] = asyncio.Queue()

    async def open(self) -> None:
        """Open its data."""
        await self._store.open(ServiceStamp(server_name=SERVER, user_id=self._user_id, created_ts=self._now_ms()))

    async def run(self) -> None:
        """Deliver to its webhook, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._webhooks.work())
            tasks.create_task(self._dues.work())
            tasks.create_task(self._settle())

    async def close(self) -> None:
        """Let its data go."""
        await self._store.close()

    def find(self, token: str) -> Token | None:
        """Return the bot's token, if it is this one."""
        return self._held if digest_of(token) == self._held.digest else None

    # What people do.

    async def hear(self, person: str, content: dict[str, Any], *, event_type: str = "m.room.message") -> str:
        """Let somebody say something, and return its event id; the first time they come into a chat before."""
        room_id, user_id = f"!{person}:{SERVER}", f"@{person}:{SERVER}"
        await self._meet(person, room_id=room_id, user_id=user_id)
        return await self._take(room_id, user_id, event_type=event_type, content=content)

    async def share_number(self, person: str, phone: str) -> str:
        """Let somebody share their number, as our app does."""
        room_id, user_id = f"!{person}:{SERVER}", f"@{person}:{SERVER}"
        await self._meet(person, room_id=room_id, user_id=user_id)
        self._device.numbers[user_id] = phone
        return await self.hear(person, {"msgtype": "m.text", "body": "Nomor telepon saya", SHARED: PHONE})

    async def spoken(self, person: str, *, after: int, seconds: float) -> list[Spoken]:
        """Return what the bot has said to somebody; waits for something for so long."""
        return await self._device.spoken(f"!{person}:{SERVER}", after=after, seconds=seconds)

    async def _meet(self, person: str, *, room_id: str, user_id: str) -> None:
        if not await self._device.members(room_id):
            self._device.open_room(room_id, [user_id])
            name = {"membership": "join", "displayname": person.capitalize()}
            await self._take(room_id, user_id, event_type=MEMBER, content=name, state_key=user_id)

    async def _take(
        self, room_id: str, user_id: str, *, event_type: str, content: dict[str, Any], state_key: str | None = None
    ) -> str:
        event = Event(
            room_id=room_id,
            event_id=f"$fake{secrets.token_urlsafe(9)}",
            sender=user_id,
            ts=self._now_ms(),
            type=event_type,
            content=content,
            state_key=state_key,
        )
        needs = await self._hearing.needs(event)
        await self._store.write(lambda tx: self._hearing.take(tx, event), needs=needs)
        return event.event_id

    # What becomes of what the bot said.

    def _note_sent(self, room_id: str, txn_id: str, event_id: str) -> None:
        self._sent.put_nowait((room_id, txn_id, event_id))

    async def _settle(self) -> None:
        while True:
            room_id, txn_id, event_id = await self._sent.get()
            number, reacted = number_of(txn_id), reaction_of(txn_id)
            if number is not None:
                await self._settle_message(room_id, number, event_id)
            elif reacted is not None:
                await self._settle_reaction(room_id, reacted, event_id)

    async def _settle_message(self, room_id: str, number: int, event_id: str) -> None:
        needs = await self._settling.needs(room_id, number)
        settle = self._settling.settle
        await self._store.write(lambda tx: settle(tx, room_id, number=number, event_id=event_id), needs=needs)

    async def _settle_reaction(self, room_id: str, reaction: Reaction, event_id: str) -> None:
        needs = self._settling.reacted_needs(room_id, reaction.number)
        settle = self._settling.reacted
        await self._store.write(lambda tx: settle(tx, room_id, reaction=reaction, event_id=event_id), needs=needs)
