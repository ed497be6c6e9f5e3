"""What stands around an event. Spec: client-server-api#get_matrixclientv3roomsroomidcontexteventid."""

from collections.abc import Sequence

from msgspec import Raw, Struct

from amanat.core import filters
from amanat.core.filters import RoomEventFilter, sifted
from amanat.core.requester import Requester
from amanat.handlers.event_view import bare
from amanat.handlers.message_pagination import MessagePagination
from amanat.handlers.room_reading import RoomReading, View
from amanat.store.events import EventRow
from amanat.store.history import MEMBERS_AT, SOME_MEMBERS_AT, STATE_BUT_MEMBERS_AT
from amanat.store.store import Store


class EventContext(Struct, frozen=True, kw_only=True):
    """An event, its neighbours, and the state at the last of them."""

    start: str
    end: str
    event: Raw
    events_before: list[Raw]
    events_after: list[Raw]
    state: list[Raw]


class EventContexts:
    """Reads what stands around events."""

    def __init__(self, store: Store, *, reading: RoomReading, pagination: MessagePagination) -> None:
        self._store = store
        self._reading = reading
        self._pagination = pagination

    async def around(
        self, requester: Requester, *, room_id: str, event_id: str, limit: int, filtered_by: RoomEventFilter
    ) -> EventContext:
        """Return an event with up to `limit` others around it; raises NotFound if the requester may not see it."""
        view, event = await self._reading.event(requester, room_id=room_id, event_id=event_id)
        through, pages = filters.sieve(filtered_by), self._pagination
        before = await pages.backwards(view, upto=event.position - 1, limit=limit // 2, through=through)
        after = await pages.forwards(
            view, after=event.position, upto=view.reading.upto, limit=limit - limit // 2, through=through
        )
        rows = [*reversed(before.rows), event, *after.rows]
        return EventContext(
            start=self._reading.token(rows[0].position - 1),
            end=self._reading.token(rows[-1].position),
            event=(await pages.render(view, [event]))[0],
            events_before=await pages.render(view, before.rows),
            events_after=await pages.render(view, after.rows),
            state=[bare(row) for row in sifted(await self._state(view, rows, filtered_by), through)],
        )

    async def _state(self, view: View, rows: Sequence[EventRow], filtered_by: RoomEventFilter) -> list[EventRow]:
        room_id, upto = view.reading.room_id, rows[-1].position
        state = await self._store.all(STATE_BUT_MEMBERS_AT, room_id=room_id, upto=upto)
        if not filtered_by.lazy_load_members:
            return state + await self._store.all(MEMBERS_AT, room_id=room_id, upto=upto)
        people = sorted({row.sender for row in rows})
        return state + await self._store.all(SOME_MEMBERS_AT, room_id=room_id, user_ids=people, upto=upto)
