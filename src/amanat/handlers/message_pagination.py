"""Pages of a room's timeline. Spec: client-server-api#get_matrixclientv3roomsroomidmessages."""

from collections.abc import Sequence

from msgspec import Raw, Struct

from amanat.core import events, filters
from amanat.core.filters import RoomEventFilter, Sieve, sifted
from amanat.core.requester import Requester
from amanat.core.stream_token import StreamToken
from amanat.handlers.event_view import EventView, bare
from amanat.handlers.room_reading import RoomReading, View
from amanat.store.events import EVENTS_BACKWARDS, EVENTS_FORWARDS, EventRow
from amanat.store.history import SOME_MEMBERS_AT
from amanat.store.store import Store

MAX_PAGES = 10
"""Pages read to fill one that a filter or the room's visibility makes thin; `end` leads on from there."""


class Page(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page of `/messages`."""

    start: str
    end: str | None = None
    chunk: list[Raw]
    state: list[Raw] = []


class PageRequest(Struct, frozen=True, kw_only=True):
    """Which page: events after one token and up to another, in one direction."""

    backwards: bool
    start: StreamToken | None
    stop: StreamToken | None
    limit: int
    filter: RoomEventFilter


class Stretch(Struct, frozen=True):
    """Events in the order of their reading; `position` is where reading stopped, `more` whether there may be more."""

    rows: list[EventRow]
    position: int
    more: bool


class MessagePagination:
    """Reads timelines."""

    def __init__(self, store: Store, *, reading: RoomReading, view: EventView) -> None:
        self._store = store
        self._reading = reading
        self._view = view

    async def page(self, requester: Requester, *, room_id: str, asked: PageRequest) -> Page:
        """Return one page; `end` is absent where there is nothing further."""
        view = await self._reading.view(requester, room_id)
        upto = view.reading.upto
        default = upto if asked.backwards else 0
        # A token of an earlier epoch may point beyond what there is.
        begin = min(asked.start.room, upto) if asked.start else default
        stretch = await self._stretch(view, asked, begin=begin)
        return Page(
            start=str(asked.start) if asked.start else self._reading.token(begin),
            end=self._reading.token(stretch.position) if stretch.more else None,
            chunk=await self.render(view, stretch.rows),
            state=await self._senders(view, stretch.rows) if asked.filter.lazy_load_members else [],
        )

    async def _stretch(self, view: View, asked: PageRequest, *, begin: int) -> Stretch:
        if not filters.includes_room(asked.filter, view.reading.room_id):
            return Stretch([], begin, False)
        through, limit = filters.sieve(asked.filter), asked.limit
        if asked.backwards:
            stop = asked.stop.room if asked.stop else 0
            return await self.backwards(view, upto=begin, after=stop, limit=limit, through=through)
        stop = min(asked.stop.room, view.reading.upto) if asked.stop else view.reading.upto
        return await self.forwards(view, after=begin, upto=stop, limit=limit, through=through)

    async def backwards(
        self, view: View, *, upto: int, after: int = 0, limit: int, through: Sieve | None = None
    ) -> Stretch:
        """Read what the reader is shown of (after, upto], newest first."""
        found: list[EventRow] = []
        for _ in range(MAX_PAGES):
            rows = await self._store.all(
                EVENTS_BACKWARDS, room_id=view.reading.room_id, after=after, upto=upto, max_rows=limit + 1
            )
            for row in _shown(view, rows, through):
                if len(found) == limit:
                    return Stretch(found, found[-1].position - 1 if found else upto, True)
                found.append(row)
            if len(rows) <= limit:
                return Stretch(found, after, False)
            upto = rows[-1].position - 1
        return Stretch(found, upto, True)

    async def forwards(self, view: View, *, after: int, upto: int, limit: int, through: Sieve | None = None) -> Stretch:
        """Read what the reader is shown of (after, upto], oldest first."""
        found: list[EventRow] = []
        for _ in range(MAX_PAGES):
            rows = await self._store.all(
                EVENTS_FORWARDS, room_id=view.reading.room_id, after=after, upto=upto, max_rows=limit + 1
            )
            for row in _shown(view, rows, through):
                if len(found) == limit:
                    return Stretch(found, found[-1].position if found else after, True)
                found.append(row)
            if len(rows) <= limit:
                return Stretch(found, upto, False)
            after = rows[-1].position
        return Stretch(found, after, True)

    async def render(self, view: View, rows: Sequence[EventRow]) -> list[Raw]:
        """Return events as the reader is shown them."""
        reading = view.reading
        return await self._view.render(
            rows, reader=reading.requester, membership_at=view.sight.membership_at, upto=reading.upto
        )

    async def _senders(self, view: View, rows: Sequence[EventRow]) -> list[Raw]:
        """Return the member events of a page's senders, as they stood at its newest event."""
        # spec: client-server-api#lazy-loading-room-members
        if not rows:
            return []
        found = await self._store.all(
            SOME_MEMBERS_AT,
            room_id=view.reading.room_id,
            user_ids=sorted({row.sender for row in rows}),
            upto=max(row.position for row in rows),
        )
        return [bare(row) for row in found]


def _shown(view: View, rows: list[EventRow], through: Sieve | None) -> list[EventRow]:
    return [row for row in sifted(rows, through) if view.shows(row) and _has_content(through, row)]


def _has_content(through: Sieve | None, row: EventRow) -> bool:
    return through is None or through.contains_url is None or through.allows_content(events.read(row.json).content)
