"""An event's children, page by page, and a room's threads.

Spec: client-server-api#relationships-api, client-server-api#querying-threads-in-a-room.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from amanat.core import canonical_json
from amanat.core.redaction import redact
from amanat.core.requester import Requester
from amanat.core.stream_token import StreamToken
from amanat.handlers.message_pagination import MessagePagination
from amanat.handlers.room_reading import RoomReading, View
from amanat.store.events import EVENTS_BY_IDS, EventRow, ThreadRow
from amanat.store.relations import (
    CHILDREN_BACKWARDS,
    CHILDREN_FORWARDS,
    CHILDREN_OF,
    THREADS_BACKWARDS,
    THREADS_TAKEN_PART_IN,
)
from amanat.store.store import Store

MAX_DEPTH = 3
"""Levels of children's children; the least that the specification asks for."""
MAX_PARENTS = 2_000
"""Events whose children are looked for at one level."""


class Children(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page of an event's children."""

    chunk: list[Raw]
    next_batch: str | None = None
    prev_batch: str | None = None
    recursion_depth: int | None = None


class ChildrenRequest(Struct, frozen=True, kw_only=True):
    """Which children: those of one relation and type, or all where these are empty."""

    rel_type: str = ""
    event_type: str = ""
    backwards: bool
    start: StreamToken | None
    stop: StreamToken | None
    limit: int
    recurse: bool


class ThreadList(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page of thread roots."""

    chunk: list[Raw]
    next_batch: str | None = None


class Relations:
    """Reads what relates to what."""

    def __init__(self, store: Store, *, reading: RoomReading, pagination: MessagePagination) -> None:
        self._store = store
        self._reading = reading
        self._pagination = pagination

    async def children(self, requester: Requester, *, room_id: str, event_id: str, asked: ChildrenRequest) -> Children:
        """Return a page of an event's children; raises NotFound if the requester may not see the event."""
        view, parent = await self._reading.event(requester, room_id=room_id, event_id=event_id)
        parents = await self._descendants(parent.event_id) if asked.recurse else [parent.event_id]
        rows = await self._page(view, parents, asked)
        shown, more = rows[: asked.limit], len(rows) > asked.limit
        last = shown[-1].position if shown else 0
        return Children(
            chunk=await self._pagination.render(view, [row for row in shown if view.shows(row)]),
            next_batch=self._reading.token(last - 1 if asked.backwards else last) if more else None,
            prev_batch=None if asked.start is None else str(asked.start),
            recursion_depth=MAX_DEPTH if asked.recurse else None,
        )

    async def _page(self, view: View, parents: list[str], asked: ChildrenRequest) -> list[EventRow]:
        start, stop, end = asked.start, asked.stop, view.reading.upto
        if asked.backwards:
            after, upto = stop.room if stop else 0, min(start.room, end) if start else end
        else:
            after, upto = start.room if start else 0, min(stop.room, end) if stop else end
        return await self._store.all(
            CHILDREN_BACKWARDS if asked.backwards else CHILDREN_FORWARDS,
            event_ids=parents,
            rel_type=asked.rel_type,
            event_type=asked.event_type,
            after=after,
            upto=upto,
            max_rows=asked.limit + 1,
        )

    async def _descendants(self, event_id: str) -> list[str]:
        """Return an event and its descendants, but for the last level, which has no part as parents."""
        found, level = [event_id], [event_id]
        for _ in range(MAX_DEPTH - 1):
            rows = await self._store.all(CHILDREN_OF, event_ids=level, max_rows=MAX_PARENTS)
            # An event relates to an older one, so nothing is met twice but where two share a parent.
            level = [row.event_id for row in rows]
            if not level:
                break
            found += level
        return found

    # Threads

    async def threads(
        self, requester: Requester, *, room_id: str, only_own: bool, start: StreamToken | None, limit: int
    ) -> ThreadList:
        """Return a page of a room's thread roots, the thread with the newest reply first."""
        view = await self._reading.view(requester, room_id)
        upto = view.reading.upto if start is None else start.room
        found = await self._threads(view, only_own=only_own, upto=upto, limit=limit)
        threads = found[:limit]
        roots = await self._store.all(EVENTS_BY_IDS, event_ids=[thread.root_id for thread in threads])
        by_id = {row.event_id: row for row in roots if view.sight.sees(row)}
        rows = [self._as_seen(view, by_id[thread.root_id]) for thread in threads if thread.root_id in by_id]
        more = len(found) > limit
        return ThreadList(
            chunk=await self._pagination.render(view, rows),
            next_batch=self._reading.token(threads[-1].latest_position - 1) if more else None,
        )

    async def _threads(self, view: View, *, only_own: bool, upto: int, limit: int) -> Sequence[ThreadRow]:
        room_id, user_id = view.reading.room_id, view.reading.requester.user_id
        if only_own:
            return await self._store.all(
                THREADS_TAKEN_PART_IN, room_id=room_id, user_id=user_id, upto=upto, max_rows=limit + 1
            )
        return await self._store.all(THREADS_BACKWARDS, room_id=room_id, upto=upto, max_rows=limit + 1)

    def _as_seen(self, view: View, root: EventRow) -> EventRow:
        """Return a root; that of somebody whom the reader ignores, redacted."""
        # spec: client-server-api#get_matrixclientv1roomsroomidthreads
        if root.sender not in view.ignored:
            return root
        redacted = redact(msgspec.json.decode(root.json), view.reading.room.version)
        redacted |= {"event_id": root.event_id, "room_id": root.room_id}
        return replace(root, json=canonical_json.encode(redacted))
