"""A bot's device as the parts of a bot need it: the service device behind it, and what it raises in their words."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, TypeVar
from urllib.parse import quote

from amanat.db.tx import Tx
from amanat.gateway.bots.api import NotNow
from amanat.gateway.bots.groups.group_model import Act, NotAllowed
from amanat.gateway.bots.groups.group_state import GroupState, Stamp
from amanat.gateway.bots.notes import Notes
from amanat.gateway.device.attachments import NotOpened
from amanat.gateway.device.device import ServiceDevice
from amanat.gateway.device.ground import Ground
from amanat.gateway.device.happenings import Outgoing
from amanat.gateway.device.outbox import OUTGOING_OF
from amanat.gateway.device.powers import CREATE, POWER_LEVELS, founder_in, powers_in
from amanat.gateway.device.rooms import JOINED, MEMBERS_OF
from amanat.gateway.device.server_api import Refused, TryAgain
from amanat.gateway.device.sync_response import Event
from amanat.gateway.service.people_link import app_of
from amanat.gateway.spooling import Content, Opened, Spool

T = TypeVar("T")

MAX_TYPING_S: Final = 30
PAUSES_S: Final = (0.5, 1.0, 2.0, 4.0)
PURPOSE: Final = "Kamu membagikannya di obrolan ini. / You shared it in this chat."
"""Of reading a number, in the person's ledger."""
_ACTS: Final[Mapping[Act, str]] = {"ban": "ban", "unban": "unban", "put_out": "kick", "let_in": "invite"}


class BotDevice:
    """The `Device` of a bot's parts."""

    device: ServiceDevice

    def __init__(self, on: Ground, *, pauses_s: Sequence[float] = PAUSES_S) -> None:
        """`pauses_s`: between tries to learn a number while the server is away."""
        self._on = on
        self._pauses_s = pauses_s
        self._app = ""
        self._creates: Notes[Event | None] = Notes()

    def say(self, tx: Tx, room_id: str, *, txn_id: str, event_type: str, content: dict[str, Any]) -> None:
        """Put something to be said, in the unit of whatever it follows from."""
        self.device.say(tx, Outgoing(room_id=room_id, txn_id=txn_id, type=event_type, content=content))

    async def on_its_way(self, room_id: str) -> str | None:
        """Return the transaction of the bot's that the server may have done and the device does not know of yet.

        There is one at most: what is said in a room is sent one after the other.
        """
        oldest = await self._on.store.first(OUTGOING_OF, room_id=room_id, most=1)
        return oldest.txn_id if oldest is not None and oldest.encrypted is not None else None

    async def members(self, room_id: str) -> Sequence[str]:
        """Return who else is in a room, or invited."""
        rows = await self._on.store.all(MEMBERS_OF, room_id=room_id)
        return [row.user_id for row in rows if row.user_id != self._on.credentials.user_id]

    async def shared_number(self, user_id: str) -> str | None:
        """Return the number of somebody who lets the bot read it; None where that is nothing.

        What is heard waits meanwhile, so that the bot is told in order; a server that is away for longer than the
        pauses take loses nobody's message: it is told without the number, which can be shared again.
        """
        for pause_s in (*self._pauses_s, None):
            try:
                return await self._on.api.shared_number(user_id, purpose=PURPOSE)
            except TryAgain as error:
                if pause_s is None:
                    break
                await asyncio.sleep(min(max(pause_s, error.after_s or 0.0), self._pauses_s[-1]))
        return None

    async def still_share(self, user_ids: Sequence[str]) -> frozenset[str] | None:
        """Return who of some people lets the bot read their number; None where the server cannot be asked now."""
        try:
            return await self._on.api.people_who_share(user_ids)
        except (TryAgain, Refused):
            return None

    async def upload(self, content: Content) -> dict[str, Any]:
        """Lock a file and leave it with the server; return its `EncryptedFile`."""
        return await _now(self.device.upload(content))

    async def download(self, file: Mapping[str, Any]) -> bytes | None:
        """Fetch and open a file; None where that is not possible any more."""
        try:
            return await _now(self.device.download(file))
        except NotOpened:
            return None

    async def fetch(self, file: Mapping[str, Any], *, spool: Spool) -> Opened | None:
        """Fetch a file into a spool, to be read piece by piece; None where that is not possible any more."""
        try:
            return await _now(self.device.fetch(file, spool=spool))
        except NotOpened:
            return None

    async def show_picture(self, content: bytes, *, mimetype: str) -> None:
        """Let the bot's account have a picture: in clear, as profiles are."""
        address = await _now(self._on.api.upload(content, mimetype=mimetype))
        await _now(self._on.api.set_profile_field("avatar_url", address))

    async def show_typing(self, room_id: str, *, seconds: int) -> None:
        """Show that the bot writes, where that can be shown."""
        with suppress(TryAgain, Refused):
            await self._on.api.show_typing(room_id, timeout_ms=min(seconds, MAX_TYPING_S) * 1000)

    async def mark_read(self, room_id: str, event_id: str) -> None:
        """Let people see how far the bot has read, where that can be shown."""
        with suppress(TryAgain, Refused):
            await self._on.api.mark_read(room_id, event_id)

    async def leave(self, room_id: str) -> None:
        """Leave a room for good."""
        with suppress(Refused):  # it is out already
            await _now(self._on.api.leave(room_id))

    async def group_state(self, room_id: str) -> GroupState:
        """Return the state of a room."""
        events = await _now(self._on.api.room_state(room_id))
        return GroupState(
            levels=powers_in(events),
            founder=founder_in(events),
            events={(event.type, event.state_key or ""): event.content for event in events},
            stamps={(event.type, event.state_key or ""): Stamp(event.event_id, event.sender) for event in events},
        )

    async def group_under(self, room_id: str, levels: Mapping[str, Any]) -> GroupState | None:
        """Return a room as it stands under some power levels; None where the server says nothing of it any more.

        Who made a room is asked once. What is heard waits for a server that is away, so that the bot is told in order.
        """
        create = self._creates.get(room_id, None) or await self._create(room_id)
        if create is None:
            return None
        self._creates.put(room_id, create)
        state = [create, Event(POWER_LEVELS, create.sender, dict(levels), state_key="")]
        rows = await self._on.store.all(MEMBERS_OF, room_id=room_id)
        joined = {row.user_id for row in rows if row.membership == JOINED} | {self._on.credentials.user_id}
        members = {("m.room.member", user_id): {"membership": JOINED} for user_id in joined}
        return GroupState(levels=powers_in(state), founder=founder_in(state), events=members)

    async def _create(self, room_id: str) -> Event | None:
        tries = 0
        while True:
            try:
                events = await self._on.api.room_state(room_id)
                return next((event for event in events if event.type == CREATE), None)
            except Refused:
                return None
            except TryAgain as error:
                pause_s = self._pauses_s[min(tries, len(self._pauses_s) - 1)]
                await asyncio.sleep(min(max(pause_s, error.after_s or 0.0), self._pauses_s[-1]))
                tries += 1

    async def join_link(self, room_id: str) -> str:
        """Return the link by which people ask to join a room: in our app, where the homeserver serves it."""
        if not self._app:
            self._app = await app_of(self._on.credentials.homeserver)
        room = quote(room_id, safe="")
        return f"{self._app}/#/join/{room}" if self._app else f"https://matrix.to/#/{room}"

    async def set_state(self, room_id: str, event_type: str, *, content: dict[str, Any]) -> None:
        """Change a piece of a room's state; raises `NotAllowed`."""
        await _allowed(self._on.api.set_room_state(room_id, event_type, content=content))

    async def act_on(self, room_id: str, act: Act, *, user_id: str, reason: str = "") -> None:
        """Put somebody out of a room, or let them in, with a reason that they see; raises `NotAllowed`."""
        await _allowed(self._on.api.act_on_member(room_id, _ACTS[act], user_id=user_id, reason=reason))


async def _allowed(asked: Awaitable[None]) -> None:
    try:
        await asked
    except Refused as refused:
        raise NotAllowed(str(refused)) from None
    except TryAgain as error:
        raise NotNow(str(error)) from None


async def _now(asked: Awaitable[T]) -> T:
    try:
        return await asked
    except (TryAgain, Refused) as error:
        raise NotNow(str(error)) from None
