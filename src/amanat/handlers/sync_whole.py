"""Joined rooms that are new to a client, told whole. Many at once: an initial sync of a thousand rooms reads for fifty
rooms together what it would read for each.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable

from msgspec import Raw, Struct

from amanat.core import sync
from amanat.core.filters import sifted
from amanat.handlers.event_view import EventView, bare
from amanat.handlers.sync_extras import RoomExtras
from amanat.handlers.sync_scope import Events, RoomPart, Scope
from amanat.handlers.sync_timeline import filled, first_pages, newest, part_of, timeline_of
from amanat.handlers.visibility import Sight, sight_of
from amanat.store.events import EventRow
from amanat.store.history import (
    MEMBERS_OF_ROOMS,
    SOME_MEMBERS_OF_ROOMS,
    STATE_EVENTS_AT,
    STATE_EVENTS_BY_IDS,
    STATE_OF_ROOMS,
    StateEventRow,
)
from amanat.store.membership_memory import Membership
from amanat.store.store import Store

ROOMS_AT_ONCE = 50
"""Rooms told between two turns of the loop: some 10 ms in which nobody else is answered."""


class _Seen(Struct, frozen=True):
    """A room's timeline as the reader may see it. `sight` is `None` where they see all of it, as a member."""

    rows: list[EventRow]
    limited: bool
    sight: Sight | None


class WholeRooms:
    """Tells rooms whole."""

    def __init__(self, store: Store, *, view: EventView, extras: RoomExtras) -> None:
        self._store = store
        self._view = view
        self._extras = extras

    async def tell(self, scope: Scope, rooms: dict[str, Membership]) -> dict[str, RoomPart]:
        """Return the parts of these rooms, in which the reader has the given memberships."""
        told: dict[str, RoomPart] = {}
        ids = list(rooms)
        for start in range(0, len(ids), ROOMS_AT_ONCE):
            if start:
                await asyncio.sleep(0)
            told |= await self._some(scope, {room_id: rooms[room_id] for room_id in ids[start : start + ROOMS_AT_ONCE]})
        return told

    async def _some(self, scope: Scope, rooms: dict[str, Membership]) -> dict[str, RoomPart]:
        first = await first_pages(self._store, scope, room_ids=rooms) if scope.since is None else {}
        seen = {
            room_id: await self._seen(scope, room_id, held, first.get(room_id, [])) for room_id, held in rooms.items()
        }
        state = await self.state(scope, {room_id: each.rows for room_id, each in seen.items()})
        rendered = await self._rendered(scope, seen)
        more = await self._extras.of_whole(scope, {room_id: state[room_id] for room_id in rooms})
        parts: dict[str, RoomPart] = {}
        for room_id, each in seen.items():
            timeline = timeline_of(
                scope, rows=each.rows, rendered=rendered[room_id], limited=each.limited, upto=scope.now.room
            )
            shown = sifted(state[room_id], scope.filter.state)
            parts[room_id] = part_of(
                scope, timeline=timeline, state=Events([bare(row) for row in shown]), more=more[room_id]
            )
        return parts

    # Timelines

    async def _seen(self, scope: Scope, room_id: str, held: Membership, first_page: list[EventRow]) -> _Seen:
        """Return the timeline that the reader may see and has not seen; the past is read only where it decides that."""
        upto = scope.now.room
        if scope.since is None:
            rows, limited = await filled(self._store, scope, page=first_page, after=0)
            # A client of another epoch must not take this for what follows on what it has.
            limited = limited or scope.from_other_epoch
            if rows and rows[0].position > held.position:
                return _Seen(rows, limited, None)
        sight = await sight_of(self._store, room_id=room_id, user_id=scope.user_id, upto=upto)
        shown = 0 if scope.since is None else sight.shown_upto(scope.after)
        if scope.since is not None:
            rows, limited = await newest(self._store, scope, room_id=room_id, after=shown, upto=upto)
        visible = sight.newest_seen(rows)
        return _Seen(visible, limited or len(visible) < len(rows) or shown > 0, sight)

    async def _rendered(self, scope: Scope, seen: dict[str, _Seen]) -> dict[str, list[Raw]]:
        rows = [row for each in seen.values() for row in each.rows]
        events = iter(await self._view.render(rows, reader=scope.requester, membership_at=_memberships(seen.values())))
        return {room_id: [next(events) for _ in each.rows] for room_id, each in seen.items()}

    # State

    async def state(self, scope: Scope, timelines: dict[str, list[EventRow]]) -> dict[str, list[StateEventRow]]:
        """Return all state of rooms before their timelines, or after them; of the members, those a client needs."""
        current = await self._current(scope, timelines)
        if not scope.state_after:
            current = await self._before(current, timelines)
        if scope.filter.lazy_members:
            return {
                room_id: sync.relevant_members(rows, timelines[room_id], also={scope.user_id})
                for room_id, rows in current.items()
            }
        return current

    async def _current(self, scope: Scope, timelines: dict[str, list[EventRow]]) -> dict[str, list[StateEventRow]]:
        room_ids = list(timelines)
        rows = await self._store.all(STATE_OF_ROOMS, room_ids=room_ids)
        if scope.filter.lazy_members:
            people = {row.sender for timeline in timelines.values() for row in timeline} | {scope.user_id}
            rows += await self._store.all(SOME_MEMBERS_OF_ROOMS, room_ids=room_ids, user_ids=sorted(people))
        else:
            rows += await self._store.all(MEMBERS_OF_ROOMS, room_ids=room_ids)
        found: dict[str, list[StateEventRow]] = {room_id: [] for room_id in room_ids}
        moved = set()
        for row in rows:
            found[row.room_id].append(row)
            if row.position > scope.now.room:
                moved.add(row.room_id)
        for room_id in moved:
            # Something was committed since `now` was taken: read the state as it was then.
            found[room_id] = await self._store.all(STATE_EVENTS_AT, room_id=room_id, upto=scope.now.room)
        return found

    async def _before(
        self, current: dict[str, list[StateEventRow]], timelines: dict[str, list[EventRow]]
    ) -> dict[str, list[StateEventRow]]:
        replaced = [each for rows in timelines.values() for each in sync.replaced_by_timeline(rows).values()]
        wanted = [event_id for event_id in replaced if event_id is not None]
        found = await self._store.all(STATE_EVENTS_BY_IDS, event_ids=wanted) if wanted else []
        predecessors = {row.event_id: row for row in found}
        return {
            room_id: sync.state_before(rows, timeline=timelines[room_id], predecessors=predecessors)
            for room_id, rows in current.items()
        }


def _memberships(seen: Iterable[_Seen]) -> Callable[[int], str]:
    """Return what the reader was at each event; positions are of the whole server, so no two rooms share one."""
    was: defaultdict[int, str] = defaultdict(lambda: "join")
    for each in seen:
        if each.sight is not None:
            was.update({row.position: each.sight.membership_at(row.position) for row in each.rows})
    return was.__getitem__
