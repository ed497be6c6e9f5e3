"""A bot's device without keys and without a server: what it says lies in memory, where the people of a test read it."""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from msgspec import Struct

from amanat.core.errors import Forbidden
from amanat.core.power_levels import parse
from amanat.core.room_versions import DEFAULT_ROOM_VERSION, ROOM_VERSIONS
from amanat.db.tx import Tx
from amanat.gateway.bots.groups.group_model import Act, NotAllowed
from amanat.gateway.bots.groups.group_state import GroupState
from amanat.gateway.spooling import Content, Opened, Spool

MAX_SAID: Final = 10_000
"""Of a room, after which the oldest are forgotten."""
MAX_FILES: Final = 1_000
MAX_ROOMS: Final = 10_000


class Spoken(Struct, frozen=True, kw_only=True):
    """What the bot said in a room: an event as an app would open it. `position` counts from 1 within the room."""

    position: int
    event_id: str
    type: str
    content: dict[str, Any]


class FakeDevice:
    """The `Device` of a bot's parts."""

    def __init__(self) -> None:
        self.sent: Callable[[str, str, str], None] = lambda _room_id, _txn_id, _event_id: None
        """Is called with the room, the transaction and the event once something was said."""
        self._rooms: dict[str, list[str]] = {}
        self._said: defaultdict[str, list[Spoken]] = defaultdict(list)
        self._counts: defaultdict[str, int] = defaultdict(int)
        self.numbers: dict[str, str] = {}
        """Whose number the bot may read."""
        self._files: dict[str, bytes] = {}
        self._spoke = asyncio.Event()

    def open_room(self, room_id: str, user_ids: Sequence[str]) -> None:
        """Let some people share a room with the bot; raises `Forbidden` once there are too many."""
        if len(self._rooms) >= MAX_ROOMS:
            raise Forbidden(f"{MAX_ROOMS:,} people have talked to this bot, and no more can: start the fake again.")
        self._rooms[room_id] = list(user_ids)

    async def spoken(self, room_id: str, *, after: int, seconds: float) -> list[Spoken]:
        """Return what was said behind a position; waits for something for so long."""
        async with asyncio.timeout(seconds) as limit:
            try:
                while not (found := [each for each in self._said.get(room_id, ()) if each.position > after]):
                    await self._spoke.wait()
            except asyncio.CancelledError:
                if not limit.expired():
                    raise
                return []
        return found

    def say(self, tx: Tx, room_id: str, *, txn_id: str, event_type: str, content: dict[str, Any]) -> None:
        """Say something, once the unit is kept."""
        tx.after_commit(partial(self._say, room_id, txn_id, event_type, content))

    async def on_its_way(self, room_id: str) -> str | None:  # noqa: ARG002 - the Protocol's
        """Nothing is on its way: what is said is there at once."""
        return None

    async def members(self, room_id: str) -> Sequence[str]:
        """Return who else is in a room."""
        return self._rooms.get(room_id, ())

    async def shared_number(self, user_id: str) -> str | None:
        """Return the number that somebody shared."""
        return self.numbers.get(user_id)

    async def still_share(self, user_ids: Sequence[str]) -> frozenset[str]:
        """Return who of some people shared their number."""
        return frozenset(self.numbers).intersection(user_ids)

    async def upload(self, content: Content) -> dict[str, Any]:
        """Keep a file, without a lock."""
        url = f"mxc://fake/{secrets.token_urlsafe(12)}"
        self._files[url] = content.reader().read() if isinstance(content, Spool) else content
        if len(self._files) > MAX_FILES:
            del self._files[next(iter(self._files))]
        return {"url": url}

    async def download(self, file: Mapping[str, Any]) -> bytes | None:
        """Return a file."""
        return self._files.get(str(file.get("url")))

    async def fetch(self, file: Mapping[str, Any], *, spool: Spool) -> Opened | None:
        """Return a file, to be read piece by piece."""
        content = await self.download(file)
        if content is None:
            return None
        spool.write(content)
        return Opened(len(content), spool.pieces)

    async def show_picture(self, content: bytes, *, mimetype: str) -> None:
        """Nobody looks."""

    async def show_typing(self, room_id: str, *, seconds: int) -> None:
        """Nobody looks."""

    async def mark_read(self, room_id: str, event_id: str) -> None:
        """Nobody looks."""

    async def leave(self, room_id: str) -> None:
        """Leave a room."""
        self._rooms.pop(room_id, None)

    # All chats here are of two: of groups there is nothing to tell.

    async def group_state(self, _room_id: str, /) -> GroupState:
        """Return a room without any state."""
        levels = parse(None, version=ROOM_VERSIONS[DEFAULT_ROOM_VERSION], creators=frozenset())
        return GroupState(levels=levels, founder="", events={})

    async def group_under(self, _room_id: str, _levels: Mapping[str, Any], /) -> GroupState | None:
        """Nobody changes any levels."""
        return None

    async def join_link(self, _room_id: str, /) -> str:
        """Nobody can be asked in."""
        raise NotAllowed

    async def set_state(self, _room_id: str, _event_type: str, /, **_content: dict[str, Any]) -> None:
        """Nobody gives the bot any power."""
        raise NotAllowed

    async def act_on(self, _room_id: str, _act: Act, /, **_whom: str) -> None:
        """Nobody gives the bot any power."""
        raise NotAllowed

    def _say(self, room_id: str, txn_id: str, event_type: str, content: dict[str, Any]) -> None:
        self._counts[room_id] += 1
        event_id = f"$fake{secrets.token_urlsafe(9)}"
        said = self._said[room_id]
        said.append(Spoken(position=self._counts[room_id], event_id=event_id, type=event_type, content=content))
        del said[:-MAX_SAID]
        spoke, self._spoke = self._spoke, asyncio.Event()
        spoke.set()
        self.sent(room_id, txn_id, event_id)
