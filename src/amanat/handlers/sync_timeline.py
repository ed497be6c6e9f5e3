"""A room's newest events in a sync, and the part of an answer that they make with the room's state."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Raw, json

from amanat.core import events
from amanat.core.filters import Sieve, only_fields, sifted
from amanat.handlers.sync_scope import Events, RoomPart, Scope, Timeline
from amanat.store.events import EVENTS_BACKWARDS, EventRow
from amanat.store.history import NEWEST_OF_ROOMS
from amanat.store.store import Store

MAX_PAGES = 10
"""Pages read to fill a timeline that a filter makes thin; what is further back is behind `limited`."""


async def first_pages(store: Store, scope: Scope, *, room_ids: Iterable[str]) -> dict[str, list[EventRow]]:
    """Return the newest events of rooms, newest first: one more of each than the limit."""
    pages: dict[str, list[EventRow]] = {room_id: [] for room_id in room_ids}
    max_rows = scope.filter.timeline_limit + 1
    rows = await store.all(NEWEST_OF_ROOMS, room_ids=list(pages), upto=scope.now.room, max_rows=max_rows)
    for row in sorted(rows, key=lambda row: row.position, reverse=True):
        pages[row.room_id].append(row)
    return pages


async def newest(store: Store, scope: Scope, *, room_id: str, after: int, upto: int) -> tuple[list[EventRow], bool]:
    """Return the newest events in (after, upto], oldest first, and whether there are more than the limit."""
    page = await _page(store, scope, room_id=room_id, after=after, upto=upto)
    return await filled(store, scope, page=page, after=after)


async def filled(store: Store, scope: Scope, *, page: list[EventRow], after: int) -> tuple[list[EventRow], bool]:
    """Return what `newest` does, given the first page; reads on while a filter makes the timeline thin."""
    limit, through = scope.filter.timeline_limit, scope.filter.timeline
    found: list[EventRow] = []
    for _ in range(MAX_PAGES):
        found += [row for row in sifted(page, through) if _has_content(through, row) and _heard(scope, row)]
        if len(page) <= limit or len(found) > limit:
            return found[:limit][::-1], len(found) > limit
        oldest = page[-1]
        page = await _page(store, scope, room_id=oldest.room_id, after=after, upto=oldest.position - 1)
    return found[:limit][::-1], True


async def _page(store: Store, scope: Scope, *, room_id: str, after: int, upto: int) -> list[EventRow]:
    max_rows = scope.filter.timeline_limit + 1
    return await store.all(EVENTS_BACKWARDS, room_id=room_id, after=after, upto=upto, max_rows=max_rows)


def timeline_of(scope: Scope, *, rows: Sequence[EventRow], rendered: list[Raw], limited: bool, upto: int) -> Timeline:
    """Put a timeline together; `prev_batch` leads to what is before it."""
    start = rows[0].position if rows else upto + 1
    return Timeline(events=_only_wanted(scope, rendered), limited=limited, prev_batch=scope.token_before(start))


def part_of(scope: Scope, *, timeline: Timeline | Raw, state: Events | Raw, more: dict[str, Any]) -> RoomPart:
    """Put a room's part together, with the state where the client asked for it to be."""
    if isinstance(state, Events):
        state = Events(_only_wanted(scope, state.events))
    if scope.state_after:
        return RoomPart(timeline=timeline, state_after=state, state_after_unstable=state, **more)
    return RoomPart(timeline=timeline, state=state, **more)


def _only_wanted(scope: Scope, rendered: list[Raw]) -> list[Raw]:
    """Leave of each event the fields that the client asked for."""
    # spec: client-server-api#filtering
    fields = scope.filter.fields
    if fields is None or scope.filter.federation:
        return rendered
    return [Raw(json.encode(only_fields(json.decode(event), fields))) for event in rendered]


def _has_content(through: Sieve | None, row: EventRow) -> bool:
    return through is None or through.contains_url is None or through.allows_content(events.read(row.json).content)


def _heard(scope: Scope, row: EventRow) -> bool:
    """Whether the reader does not ignore the event's sender, or must know the state it sets."""
    # spec: client-server-api#ignoring-users
    return not scope.ignored or row.state_key is not None or row.sender not in scope.ignored
