"""A bot at work: its data, its device, and what its program is told and says through an API."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from amanat.core.identifiers import BOT_FIELD, PROGRAMS_FIELD, localpart_of
from amanat.db.tx import Need, Tx
from amanat.gateway.bots import ground as bots
from amanat.gateway.bots.api import Api, Me
from amanat.gateway.bots.delivery.trials import Trials
from amanat.gateway.bots.delivery.tries import Tries
from amanat.gateway.bots.delivery.webhook_setting import WebhookSetting
from amanat.gateway.bots.delivery.webhooks import Posts, Webhooks
from amanat.gateway.bots.due_work import due_work
from amanat.gateway.bots.dues import Dues
from amanat.gateway.bots.hearing import Hearing
from amanat.gateway.bots.introduction import Introduction
from amanat.gateway.bots.line import BotLine
from amanat.gateway.bots.reads import Reads, Receipt
from amanat.gateway.bots.room_events import MEMBER, Event
from amanat.gateway.bots.settling import Settling
from amanat.gateway.bots.speaking import number_of, reaction_of
from amanat.gateway.bots.taking_back import TakingBack
from amanat.gateway.bots.tokens import Token, Tokens, TokenUses
from amanat.gateway.bots.updates import Updates
from amanat.gateway.bots.upkeep import Upkeep
from amanat.gateway.bots.waiters import Waiters
from amanat.gateway.desk.office import BotOffice
from amanat.gateway.device.device import ServiceDevice
from amanat.gateway.device.ground import Ground, wall_clock_ms
from amanat.gateway.device.happenings import Happening, NotSent, Outgoing, Received, Seen, Sent, Unreadable
from amanat.gateway.device.server_api import Asks
from amanat.gateway.flows.session import Message
from amanat.gateway.messages.contents import contents_of
from amanat.gateway.service import bot_file
from amanat.gateway.service.bot_desk import BotDesk, BotGround
from amanat.gateway.service.bot_device import BotDevice
from amanat.gateway.service.bot_file import BotFile
from amanat.gateway.service.group_notice import POLICY, GroupNotices
from amanat.gateway.service.group_notice_words import About, Hears
from amanat.gateway.service.handler import NOBODY_S
from amanat.gateway.service.host import host_of
from amanat.gateway.service.notice_words import words_of
from amanat.gateway.service.opened_folder import opening
from amanat.gateway.service.profile_field import Field, ProfileField, keep_shown
from amanat.gateway.service.programs import Programs, programs_of

LANGUAGE: Final = "id"
"""Of the few sentences that are the gateway's own: a bot's program says in which languages it speaks, not to us."""

LOOK_EVERY_S: Final = 3600.0
"""Tokens end by themselves, and a file may be changed by whoever could not tell the gateway."""


class Bot:
    """One bot of a gateway. `open` once, then `run` until it is to stop, then `close`."""

    def __init__(self, folder: Path, *, on: Ground, held: BotFile, api: Api, posts: Posts) -> None:
        device, settled, settings = BotDevice(on), Waiters(), Waiters()
        on.store.recovered += [settled.wake, settings.wake]
        self.ground = stands_on = bots.Ground(
            store=on.store,
            webhook=WebhookSetting(on.store),
            settled=settled,
            settings=settings,
            dues=Dues(on.store),
            device=device,
            api=api,
            me=_me(held, on.credentials.user_id),
            user_id=on.credentials.user_id,
            secret=held.secret,
            hears_groups=held.hears_groups,
            now_ms=on.now_ms,
        )
        self._on = on
        updates = Updates(stands_on)
        self.tokens = Tokens(folder)
        self.uses = TokenUses(folder)
        self.line = BotLine(stands_on, updates)
        self.api_name = held.api
        self._reads = reads = Reads(stands_on, updates)
        self.hearing = hearing = Hearing(stands_on, updates)
        self._taking_back = TakingBack(stands_on, hearing.numbers)
        self.handler = BotHandler(hearing, Settling(stands_on, updates, reads=reads), reads=reads, mint=on.mint)
        policy = replace(POLICY, reads=api.tells_reads)
        self.device = device.device = ServiceDevice(on, handler=self.handler, policy=policy)
        self.handler.say = self.device.say
        self._dues = due_work(stands_on, updates)
        self._webhooks = Webhooks(stands_on, self.line, updates=updates, posts=posts)
        self.trials = Trials(stands_on, posts)
        self._upkeep = Upkeep(stands_on, gave_up=updates.look)
        programs = Field(name=PROGRAMS_FIELD, tells=self._programs, look_every_s=LOOK_EVERY_S)
        self.programs = ProfileField(on.api, programs)
        says = Field(name=BOT_FIELD, tells=partial(api.introduction, self.line), nothing=Introduction())
        self.introduction = ProfileField(on.api, says)
        hears: Hears = "all" if held.hears_groups else "named"
        about = About(username=stands_on.me.username, host=host_of(folder), hears=hears)
        self._notices = GroupNotices(on.store, self.device, about=about, mint=on.mint)
        self._desk = BotDesk(
            BotGround(
                folder=folder,
                on=on,
                me=stands_on.me,
                api=held.api,
                line=self.line,
                updates=updates,
                tokens=self.tokens,
                trials=self.trials,
                uses=self.uses,
                tokens_changed=self.tokens_changed,
            )
        )

    @classmethod
    async def open(
        cls,
        folder: Path,
        *,
        asks: Asks,
        apis: Callable[[BotFile], Api],
        posts: Posts,
        now_ms: Callable[[], int] = wall_clock_ms,
    ) -> "Bot":
        """Open a bot's data and its device; `posts` reaches webhooks.

        Raises `WrongData`, `BadCredentials` and what the device raises.
        """
        async with opening(folder, asks=asks, now_ms=now_ms) as (on, _key):
            what = bot_file.read(folder)
            bot = cls(folder, on=on, held=what, api=apis(what), posts=posts)
            await bot.device.open()
        return bot

    @property
    def deliveries(self) -> Tries:
        """What was delivered to its webhook."""
        return self.line.tries

    @property
    def office(self) -> BotOffice:
        """The bot as its desk serves it."""
        return self._desk.office

    @property
    def user_id(self) -> str:
        """Who the bot is."""
        return self._on.credentials.user_id

    @property
    def homeserver(self) -> str:
        """Where the bot's server is."""
        return self._on.credentials.homeserver

    def find(self, token: str) -> Token | None:
        """Return a token of the bot's that holds, which is used now."""
        now_ms = self._on.now_ms()
        found = self.tokens.find(token, now_ms=now_ms)
        if found is not None and self.uses.note(found, now_ms=now_ms):
            self.tokens_changed()
        return found

    def tokens_changed(self) -> None:
        """Have people told which tokens there are by now."""
        self.ground.settings.wake()

    async def _programs(self) -> Programs:
        webhook, now_ms = await self.line.webhook(), self._on.now_ms()
        return programs_of(self.tokens.all(), uses=self.uses.all(), webhook=webhook, now_ms=now_ms)

    async def run(self) -> None:
        """Hear, speak and deliver until cancelled; raises `LoggedOut`."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.device.run())
            tasks.create_task(self._webhooks.work())
            tasks.create_task(self._dues.work())
            tasks.create_task(self._upkeep.work())
            tasks.create_task(self._notices.work())
            tasks.create_task(self._taking_back.work())
            if self.ground.api.tells_reads:
                tasks.create_task(self._reads.work())
            tasks.create_task(self.uses.work(self.tokens))
            tasks.create_task(keep_shown([self.programs, self.introduction], changed=self.ground.settings))
            tasks.create_task(self._desk.work())

    def gather(self, seconds: float) -> None:
        """Let what it writes wait so long for more, to be committed together."""
        self._on.store.gather(seconds)

    async def close(self) -> None:
        """Finish what is queued and let the data go."""
        await self._on.store.close()


class BotHandler:
    """A `Handler` of the device: what people say goes to the bot's queue."""

    say: Callable[[Tx, Outgoing], None]

    def __init__(self, hearing: Hearing, settling: Settling, *, reads: Reads, mint: Callable[[], str]) -> None:
        self._reads = reads
        self._hearing = hearing
        self._settling = settling
        self._mint = mint

    async def needs(self, happening: Happening) -> Sequence[Need]:
        """Return every row that `handle` will read for it."""
        match happening:
            case Received() if not _is_nobodys(happening):
                return await self._hearing.needs(_event(happening))
            case Seen():
                return await self._reads.needs(_receipt(happening))
            case Sent() | NotSent():
                room_id, number, reacted = happening.room_id, number_of(happening.txn_id), reaction_of(happening.txn_id)
                if number is not None:
                    return await self._settling.needs(room_id, number)
                return self._settling.reacted_needs(room_id, reacted.number) if reacted is not None else []
        return []

    def handle(self, happening: Happening, tx: Tx) -> None:
        """Put what follows from it."""
        match happening:
            case Received() if _is_nobodys(happening):
                if happening.state_key is None:
                    self._tell(tx, "unvouched", room_id=happening.room_id)
            case Received():
                self._hearing.take(tx, _event(happening))
            case Seen():
                self._reads.take(tx, _receipt(happening))
            case Unreadable():
                self._tell(tx, "unreadable", room_id=happening.room_id)
            case Sent():
                self._settle(tx, happening, event_id=happening.event_id)
            case NotSent():
                self._settle(tx, happening, event_id=None)

    def _settle(self, tx: Tx, happening: Sent | NotSent, *, event_id: str | None) -> None:
        number, reacted = number_of(happening.txn_id), reaction_of(happening.txn_id)
        if number is not None:
            self._settling.settle(tx, happening.room_id, number=number, event_id=event_id)
        elif reacted is not None and event_id is not None:
            self._settling.reacted(tx, happening.room_id, reaction=reacted, event_id=event_id)

    def _tell(self, tx: Tx, kind: str, *, room_id: str) -> None:
        for content in contents_of(Message(text=words_of(kind, {}, language=LANGUAGE))):
            self.say(tx, Outgoing(room_id=room_id, txn_id=self._mint(), content=content))


def _is_nobodys(received: Received) -> bool:
    """Whether it is said in nobody's name: the server could add a device to anybody's."""
    return received.type != MEMBER and received.trust in NOBODY_S


def _event(received: Received) -> Event:
    return Event(
        room_id=received.room_id,
        event_id=received.event_id,
        sender=received.sender,
        ts=received.ts,
        type=received.type,
        content=received.content,
        state_key=received.state_key,
        before=received.before,
        replaced=received.replaced,
    )


def _receipt(seen: Seen) -> Receipt:
    return Receipt(room_id=seen.room_id, event_id=seen.event_id, sender=seen.sender, ts=seen.ts)


def _me(held: BotFile, user_id: str) -> Me:
    return Me(number=held.number, username=localpart_of(user_id), name=held.name)
