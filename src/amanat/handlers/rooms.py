"""Single events, state and members of a room. Spec: client-server-api#getting-events-for-a-room."""

from typing import Any

import msgspec
from msgspec import Raw, Struct

from amanat.core import events
from amanat.core.errors import Forbidden, NotFound
from amanat.core.identifiers import fits
from amanat.core.requester import Requester
from amanat.core.stream_token import StreamToken
from amanat.handlers.event_view import bare
from amanat.handlers.message_pagination import MessagePagination
from amanat.handlers.room_reading import RoomReading
from amanat.store.events import EVENTS_FORWARDS, STATE_AT, EventRow
from amanat.store.history import MEMBERS_AT, STATE_EVENT_AT
from amanat.store.rooms import CURRENT_STATE, MEMBER_EVENTS, MEMBERS_OF_ROOM
from amanat.store.store import Store

MEMBERSHIPS = ("join", "invite", "knock", "leave", "ban")


class EventAtTime(Struct, frozen=True):
    """The event nearest to a time."""

    event_id: str
    origin_server_ts: int


class RoomContents:
    """Reads what is in rooms."""

    def __init__(self, store: Store, *, reading: RoomReading, pagination: MessagePagination) -> None:
        self._store = store
        self._reading = reading
        self._pagination = pagination

    async def event(self, requester: Requester, *, room_id: str, event_id: str) -> Raw:
        """Return one event; raises NotFound, also to who may not read the room."""
        view, row = await self._reading.event(requester, room_id=room_id, event_id=event_id)
        return (await self._pagination.render(view, [row]))[0]

    # State

    async def state(self, requester: Requester, *, room_id: str) -> list[Raw]:
        """Return a room's state as it is, or as it was when the requester left."""
        reading = await self._reading.admit(requester, room_id)
        if not reading.is_current:
            return [bare(row) for row in await self._store.all(STATE_AT, room_id=room_id, upto=reading.upto)]
        rows = await self._store.all(CURRENT_STATE, room_id=room_id)
        rows += await self._store.all(MEMBER_EVENTS, room_id=room_id, memberships=list(MEMBERSHIPS))
        return [bare(row) for row in rows]

    async def state_event(self, requester: Requester, *, room_id: str, event_type: str, state_key: str) -> Raw:
        """Return one piece of state as an event; raises NotFound."""
        reading = await self._reading.admit(requester, room_id)
        found: EventRow | None = None
        if fits(event_type) and fits(state_key):
            found = await self._store.first(
                STATE_EVENT_AT, room_id=room_id, type=event_type, state_key=state_key, upto=reading.upto
            )
        if found is None:
            raise NotFound("The room has no state of that type and key.")
        return bare(found)

    async def state_content(self, requester: Requester, *, room_id: str, event_type: str, state_key: str) -> Raw:
        """Return the content of one piece of state; raises NotFound."""
        event = await self.state_event(requester, room_id=room_id, event_type=event_type, state_key=state_key)
        return _content(event)

    # Members

    async def members(
        self,
        requester: Requester,
        *,
        room_id: str,
        at: StreamToken | None,
        membership: str | None,
        not_membership: str | None,
    ) -> list[Raw]:
        """Return the member events of a room, as they are or as they were at a token; told apart by membership."""
        reading = await self._reading.admit(requester, room_id)
        upto = reading.upto if at is None else min(at.room, reading.upto)
        wanted = _memberships(membership, not_membership)
        if at is None and reading.is_current:
            rows = await self._store.all(MEMBER_EVENTS, room_id=room_id, memberships=sorted(wanted))
            return [bare(row) for row in rows]
        rows = await self._store.all(MEMBERS_AT, room_id=room_id, upto=upto)
        return [bare(row) for row in rows if events.read(row.json).content.get("membership") in wanted]

    async def joined_members(self, requester: Requester, *, room_id: str) -> dict[str, dict[str, str]]:
        """Return who is in a room that the requester is in too, with how they appear there."""
        reading = await self._reading.admit(requester, room_id)
        if not reading.joined:
            raise Forbidden("You are not in this room.")
        rows = await self._store.all(MEMBERS_OF_ROOM, room_id=room_id, memberships=["join"])
        return {row.user_id: _appearance(msgspec.json.decode(row.content)) for row in rows}

    # Time

    async def event_at_time(self, requester: Requester, *, room_id: str, ts: int, backwards: bool) -> EventAtTime:
        """Return the event nearest to a time, at or before it or at or after it; raises NotFound."""
        view = await self._reading.view(requester, room_id)
        first = await self._first_since(room_id, ts + backwards, upto=view.reading.upto)
        if backwards:
            stretch = await self._pagination.backwards(view, upto=first - 1, limit=1)
        else:
            stretch = await self._pagination.forwards(view, after=first - 1, upto=view.reading.upto, limit=1)
        if not stretch.rows:
            raise NotFound("There is no event in that direction.")
        return EventAtTime(stretch.rows[0].event_id, stretch.rows[0].ts)

    async def _first_since(self, room_id: str, ts: int, *, upto: int) -> int:
        """Return where the events of a time and after it begin.

        The server stamps events in the order of their positions, so halving finds the place without an index by time.
        """
        low, high = 0, upto + 1
        while low < high:
            middle = (low + high) // 2
            rows = await self._store.all(EVENTS_FORWARDS, room_id=room_id, after=middle - 1, upto=upto, max_rows=1)
            if rows and rows[0].ts < ts:
                low = rows[0].position + 1
            else:
                high = middle
        return low


def _content(event: Raw) -> Raw:
    return Raw(msgspec.json.encode(msgspec.json.decode(event)["content"]))


def _memberships(membership: str | None, not_membership: str | None) -> set[str]:
    """Where both are given they are alternatives."""
    # spec: client-server-api#get_matrixclientv3roomsroomidmembers
    if membership is None and not_membership is None:
        return set(MEMBERSHIPS)
    allowed = {membership} if membership is not None else set()
    if not_membership is not None:
        allowed |= set(MEMBERSHIPS) - {not_membership}
    return {each for each in allowed if each is not None}


def _appearance(content: dict[str, Any]) -> dict[str, str]:
    named = {"display_name": content.get("displayname"), "avatar_url": content.get("avatar_url")}
    return {name: value for name, value in named.items() if isinstance(value, str)}
