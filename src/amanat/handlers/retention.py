"""Messages disappear when their time has come: their content goes in place, as if redacted, and so do their files.

What is to be done is read off the disk at each look, so a crash loses nothing: the next look goes on.
"""

from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from prometheus_client import Counter

from amanat.core.retention import Timer, begin, due_ts, timer_of
from amanat.db.tx import Need, Tx
from amanat.handlers.append import Appender
from amanat.handlers.media_sweep import GRACE_MS
from amanat.store.events import EVENTS, EVENTS_FORWARDS, EventRow
from amanat.store.retention import (
    PROGRESS,
    RETENTION_PROGRESS,
    RETENTION_ROOMS,
    ROOMS_DUE,
    TIMERS_FROM,
    ProgressRow,
    RetentionRow,
)
from amanat.store.store import Store
from amanat.store.streams import ROOM_STREAM

ROOMS_AT_ONCE: Final = 100
BATCH: Final = 20
"""Messages in one unit; each has a handful of rows."""
BATCHES: Final = 50
"""Units for one room in one look; the rest waits for the next."""
MAX_TIMERS: Final = 100
"""Timers of a room that are read at once; the rest when these are done with."""

PURGED = Counter("amanat_handlers_retention_messages_total", "Messages that have disappeared.")


class _Step(Struct, frozen=True):
    """What one look at a few events found: what is due, how far that goes, and when the next is."""

    due: Sequence[EventRow]
    upto: int
    next_ts: int
    ended: bool


class Retention:
    """Purges what is due in all rooms."""

    def __init__(self, store: Store, *, appender: Appender, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._appender = appender
        self._now_ms = now_ms

    async def purge_due(self) -> None:
        """Purge what is due; run it now and then."""
        for row in await self._store.all(ROOMS_DUE, now_ms=self._now_ms(), max_rows=ROOMS_AT_ONCE):
            await self._purge_room(row)

    async def _purge_room(self, looked: RetentionRow) -> None:
        room_id, next_ts = looked.room_id, self._now_ms()
        progress = await self._store.first(PROGRESS, room_id=room_id)
        upto = progress.upto if progress else 0
        timers = await self._timers(room_id, upto)
        for _ in range(BATCHES):
            after = begin([timer for timer, _ in timers], upto)
            if after is None:
                break
            step = await self._step(room_id, [timer for timer, _ in timers], after)
            if step.upto > upto:
                await self._purge(room_id, step, by=[row for _, row in timers])
            upto = step.upto
            if step.ended:
                next_ts = step.next_ts
                break
        nothing_more = begin([timer for timer, _ in timers], upto) is None
        await self._look_again(looked, None if nothing_more else next_ts)

    async def _timers(self, room_id: str, upto: int) -> list[tuple[Timer, EventRow]]:
        rows = await self._store.all(TIMERS_FROM, room_id=room_id, upto=upto, max_rows=MAX_TIMERS)
        return [(timer_of(row.position, msgspec.json.decode(row.json)["content"]), row) for row in rows]

    async def _step(self, room_id: str, timers: Sequence[Timer], after: int) -> _Step:
        """Look at the next few events of a room."""
        now_ms, head = self._now_ms(), self._store.position(ROOM_STREAM)
        rows = await self._store.all(EVENTS_FORWARDS, room_id=room_id, after=after, upto=head, max_rows=BATCH)
        due: list[EventRow] = []
        for row in rows:
            at = None if row.state_key is not None else due_ts(timers, position=row.position, ts=row.ts)
            if at is not None and at > now_ms:
                return _Step(due, after, at, ended=True)
            if at is not None:
                due.append(row)
            after = row.position
        ages = [timer.max_age_ms for timer in timers if timer.max_age_ms is not None]
        # What is sent from now on is not due before.
        return _Step(due, after, now_ms + min(ages, default=0), ended=len(rows) < BATCH)

    async def _purge(self, room_id: str, step: _Step, *, by: Sequence[EventRow]) -> None:
        """Take the content away; the room's timer stands where a redaction would."""

        def run(tx: Tx) -> None:
            for row in step.due:
                event = tx.get(EVENTS, row.event_id)
                if event is not None and event.redacted_by is None:
                    timer = [each for each in by if each.position < row.position][-1]
                    # Nobody deleted these by mistake: their files need no time of grace.
                    self._appender.blank(tx, event, by=replace(timer, ts=self._now_ms() - GRACE_MS))
                    PURGED.inc()
            tx.put(RETENTION_PROGRESS, ProgressRow(room_id, step.upto))

        needs: list[Need] = [(self._store.rooms, room_id), *((EVENTS, (row.event_id,)) for row in step.due)]
        await self._store.write(run, needs=needs)

    async def _look_again(self, looked: RetentionRow, next_ts: int | None) -> None:
        """Write down when to look at a room again, unless it has a new timer: then at once."""

        def run(tx: Tx) -> None:
            if tx.get(RETENTION_ROOMS, looked.room_id) != looked:
                return
            if next_ts is None:
                tx.delete(RETENTION_ROOMS, looked.room_id)
            else:
                tx.put(RETENTION_ROOMS, RetentionRow(looked.room_id, next_ts))

        await self._store.write(run, needs=[(RETENTION_ROOMS, (looked.room_id,))])
