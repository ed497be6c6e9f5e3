"""Who may read a room, and how much of it: the one door before everything that shows a room's past or state.

Members read on; who has left reads up to there; anybody reads what is world-readable.
Spec: client-server-api#room-history-visibility.
"""

from msgspec import Struct

from amanat.core.errors import Forbidden, NotFound
from amanat.core.history_visibility import visibility_of
from amanat.core.identifiers import fits
from amanat.core.requester import Requester
from amanat.core.stream_token import StreamToken
from amanat.handlers.visibility import Sight, sight_of
from amanat.store.events import EVENT_BY_ID, EventRow
from amanat.store.room_memory import Room
from amanat.store.store import Store
from amanat.store.streams import ROOM_STREAM, USER_STREAM

REFUSAL = "You are not in this room and have not been."
NO_SUCH_EVENT = "There is no such event in this room, or you may not see it."


class Reading(Struct, frozen=True):
    """That somebody may read a room up to a position.

    `joined` is whether they are in it now; `is_current` whether they may know its state as it is.
    """

    requester: Requester
    room: Room
    joined: bool
    is_current: bool
    upto: int

    @property
    def room_id(self) -> str:
        return self.room.row.room_id


class View(Struct, frozen=True):
    """A reading, and what decides about each event of the room's past."""

    reading: Reading
    sight: Sight
    ignored: frozenset[str]

    def shows(self, row: EventRow) -> bool:
        """Whether an event is in the reader's timeline: they may see it and do not ignore its sender."""
        # spec: client-server-api#ignoring-users
        return self.sight.sees(row) and (row.state_key is not None or row.sender not in self.ignored)


class RoomReading:
    """Decides who may read a room."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def admit(self, requester: Requester, room_id: str) -> Reading:
        """Return how much of a room the requester may read; raises Forbidden, also where there is no such room."""
        room = await self._store.rooms.get(room_id) if fits(room_id) else None
        if room is None:
            raise Forbidden(REFUSAL)
        now = self._store.position(ROOM_STREAM)
        held = (await self._store.memberships.get(requester.user_id) or {}).get(room_id)
        if held is not None and held.membership == "join":
            return Reading(requester, room, joined=True, is_current=True, upto=now)
        if visibility_of(room.state.get(("m.room.history_visibility", ""))) == "world_readable":
            return Reading(requester, room, joined=False, is_current=True, upto=now)
        if held is not None and not held.forgotten:
            sight = await sight_of(self._store, room_id=room_id, user_id=requester.user_id, upto=now)
            if sight.ever_joined:
                return Reading(requester, room, joined=False, is_current=False, upto=sight.left_at)
        raise Forbidden(REFUSAL)

    async def view(self, requester: Requester, room_id: str) -> View:
        """Admit somebody to a room's timeline."""
        reading = await self.admit(requester, room_id)
        user_id = requester.user_id
        sight = await sight_of(self._store, room_id=room_id, user_id=user_id, upto=reading.upto)
        return View(reading, sight, await self._store.ignored.get(user_id) or frozenset())

    async def event(self, requester: Requester, *, room_id: str, event_id: str) -> tuple[View, EventRow]:
        """Return an event that the requester may see; raises NotFound, also to who may not read the room."""
        try:
            view = await self.view(requester, room_id)
        except Forbidden:
            raise NotFound(NO_SUCH_EVENT) from None
        row = await self._store.first(EVENT_BY_ID, event_id=event_id) if fits(event_id) else None
        if row is None or row.room_id != room_id or not view.sight.sees(row):
            raise NotFound(NO_SUCH_EVENT)
        return view, row

    def token(self, position: int) -> str:
        """Return a token that stands just after an event, as those of `/sync` do."""
        return str(StreamToken(self._store.epoch, position, self._store.position(USER_STREAM)))
