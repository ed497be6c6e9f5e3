"""The one writer: drains the queue of units, runs them on the event loop, commits them together, then answers them.

Group commit: while one batch is being synced to disk, the next collects. See docs/adr/0002-one-writer.md.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import structlog
from prometheus_client import Counter, Histogram

from amanat.core.errors import InternalError
from amanat.db.database import Database, RowNeed
from amanat.db.memory import Memory
from amanat.db.table import Table
from amanat.db.tx import Tx, Unit

T = TypeVar("T")

MAX_BATCH = 256
"""Units per commit: enough to share one sync to disk among many, few enough to run within milliseconds."""

log = structlog.get_logger()

UNITS = Counter("amanat_db_units_total", "Units of work, by outcome.", ["outcome"])
_COMMITTED, _REFUSED, _FAILED = (UNITS.labels(outcome) for outcome in ("committed", "refused", "failed"))
BATCH_UNITS = Histogram("amanat_db_batch_units", "Units per commit.", buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256))

_Waiting = tuple[Unit[Any], "asyncio.Future[Any]"]


class Writer:
    """Runs units of work, in the order they came, as the only writer of the database."""

    def __init__(
        self,
        database: Database,
        *,
        streams: Table[Any],
        memories: Sequence[Memory[Any, Any]],
        load_positions: Callable[[], Awaitable[dict[str, int]]],
        recovered: Callable[[], None],
    ) -> None:
        self.positions: dict[str, int] = {}
        self._database = database
        self._streams = streams
        self._memories = memories
        self._load_positions = load_positions
        self._recovered = recovered
        self._queue: deque[_Waiting] = deque()
        self._work = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    async def start(self) -> None:
        """Begin with the streams at the positions that are on disk."""
        self.positions = await self._load_positions()
        self._task = asyncio.get_running_loop().create_task(self._run(), name="writer")

    async def stop(self) -> None:
        """Finish what is queued, then end."""
        self._stopping = True
        self._work.set()
        if self._task is not None:
            await self._task

    async def write(self, unit: Unit[T]) -> T:
        """Run a unit and return its result once it is on disk; raise what it raised, with nothing written."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.append((unit, future))
        self._work.set()
        return await future

    async def _run(self) -> None:
        while self._queue or not self._stopping:
            await self._work.wait()
            batch = [self._queue.popleft() for _ in range(min(len(self._queue), MAX_BATCH))]
            try:
                await self._run_batch(batch)
            except Exception:
                log.exception("batch_failed")
                _fail(batch)
            if not self._queue and not self._stopping:
                self._work.clear()

    async def _run_batch(self, batch: list[_Waiting]) -> None:
        row_needs = await self._load_memories(batch)
        source = await self._database.prefetch(row_needs)
        tx = Tx(source, dict(self.positions))
        done = [_run_unit(unit, future, tx) for unit, future in batch]
        if tx.has_writes:
            BATCH_UNITS.observe(len(batch))
            try:
                await self._database.commit(self._with_streams(tx))
            except Exception:
                log.exception("commit_failed", units=len(batch))
                tx.drop()
                _fail(batch)
                await self._recover()
                return
        self.positions = tx.positions
        for publish in tx.apply():
            _publish(publish)
        for answer in done:
            answer()

    async def _load_memories(self, batch: list[_Waiting]) -> list[list[RowNeed]]:
        row_needs: list[list[RowNeed]] = []
        for unit, _ in batch:
            rows: list[RowNeed] = []
            for what, key in unit.needs:
                if isinstance(what, Memory):
                    if what.peek(key) is None:
                        await what.get(key)
                else:
                    rows.append((what, key))
            row_needs.append(rows)
        return row_needs

    def _with_streams(self, tx: Tx) -> dict[Table[Any], Any]:
        moved = {
            (stream,): (stream, position)
            for stream, position in tx.positions.items()
            if self.positions.get(stream) != position
        }
        return {**tx.writes, self._streams: moved} if moved else tx.writes

    async def _recover(self) -> None:
        """Read again what the disk holds: whether a failed commit reached it is not known."""
        while True:
            try:
                await self._database.recover()
                self.positions = await self._load_positions()
                break
            except Exception:
                log.exception("recovery_failed")
                await asyncio.sleep(1)
        for memory in self._memories:
            memory.clear()
        self._recovered()


def _run_unit(unit: Unit[Any], future: "asyncio.Future[Any]", tx: Tx) -> Callable[[], None]:
    """Run one unit and return how to answer it after the commit."""
    try:
        result = unit.run(tx)
    except Exception as error:
        tx.undo_unit()
        _REFUSED.inc()
        failure = error
        return lambda: None if future.done() else future.set_exception(failure)
    tx.keep_unit()
    _COMMITTED.inc()
    return lambda: None if future.done() else future.set_result(result)


def _fail(batch: Sequence[_Waiting]) -> None:
    _FAILED.inc(len(batch))
    for _, future in batch:
        if not future.done():
            future.set_exception(InternalError("The server could not save this. Nothing was changed; try again."))


def _publish(publish: Callable[[], None]) -> None:
    try:
        publish()
    except Exception:
        log.exception("publish_failed")
