"""The one writer: drains the queue of units, runs them on the event loop, commits them together, then answers them.

Group commit: while one batch is being synced to disk, the next collects. See docs/adr/0002-one-writer.md.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from time import perf_counter
from typing import Any, NamedTuple, TypeVar

import structlog
from prometheus_client import Counter, Histogram

from amanat.core.errors import InternalError
from amanat.db.database import Database, RowNeed, RowsRefused, Writes
from amanat.db.memory import Memory
from amanat.db.table import Table
from amanat.db.tx import Contended, MemoryNeed, Tx, Unit

T = TypeVar("T")

MAX_BATCH = 256
"""Units per commit: enough to share one sync to disk among many, few enough to answer the first of them soon."""
BATCH_SECONDS = 0.005
"""Once its units have run for this long, a batch is committed and the rest wait for the next: the loop has others to
serve. No unit holds the writer longer than this, so nobody waits for more than two of it."""
RETRY_SECONDS = 1.0
"""Between two attempts to bring back a database that is gone."""

log = structlog.get_logger()

UNITS = Counter("amanat_db_units_total", "Units of work, by outcome.", ["outcome"])
_COMMITTED, _REFUSED, _FAILED = (UNITS.labels(outcome) for outcome in ("committed", "refused", "failed"))
BATCH_UNITS = Histogram("amanat_db_batch_units", "Units per commit.", buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256))


class _Waiting(NamedTuple):
    """A unit in the queue, and whom to answer."""

    unit: Unit[Any]
    memory_needs: list[MemoryNeed]
    row_needs: list[RowNeed]
    future: "asyncio.Future[Any]"


class Writer:
    """Runs units of work, in the order they were queued, as the only writer of the database.

    A unit is queued once what it needs is in memory: of two that are written at the same time, either may come first.
    A unit that is in the queue is run, even if whoever waited for it has been cancelled. It may be run again: if the
    database refuses the rows of its batch, or if an earlier unit of its batch took what it needs. So units have no
    effect but through their `Tx`.
    """

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
        self.retry_seconds = RETRY_SECONDS
        self.gather_seconds = 0.0
        """How long a batch waits for more, once there is something to write; at least one turn of the loop."""
        self.committed: Callable[[Writes], None] = lambda _: None
        """Called with what a batch wrote, before anybody else is told of it."""
        self._database = database
        self._streams = streams
        self._memories = memories
        self._load_positions = load_positions
        self._recovered = recovered
        self._queue: deque[_Waiting] = deque()
        self._alone = 0
        self._work = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._open = False
        self._stopping = False

    async def start(self) -> None:
        """Begin with the streams at the positions that are on disk."""
        self.positions = await self._load_positions()
        self._open = True
        self._task = asyncio.get_running_loop().create_task(self._run(), name="writer")

    async def stop(self) -> None:
        """Take no more units, finish those that are queued, then end."""
        self._open, self._stopping = False, True
        self._work.set()
        if self._task is not None:
            await self._task

    async def write(self, unit: Unit[T]) -> T:
        """Run a unit and return its result once it is on disk; raise what it raised, with nothing written."""
        memory_needs: list[MemoryNeed] = []
        row_needs: list[RowNeed] = []
        for need in unit.needs:
            # What is not in memory is read here, where it delays nobody else, and fails nobody else.
            if not isinstance(need[0], Memory):
                row_needs.append(need)
            else:
                memory_needs.append(need)
                if need[0].peek(need[1]) is None:
                    await need[0].get(need[1])
        if not self._open:
            raise InternalError("The server is stopping. Nothing was changed; try again.")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.append(_Waiting(unit, memory_needs, row_needs, future))
        self._work.set()
        return await future

    async def _run(self) -> None:
        try:
            while self._queue or not self._stopping:
                await self._work.wait()
                # Whoever was just answered may have the next unit ready: one commit for all of them.
                await asyncio.sleep(self.gather_seconds)
                await self._answered(self._next_batch())
                if not self._queue and not self._stopping:
                    self._work.clear()
        finally:
            # Cancelled, interrupted, or stopped without a database: whoever still waits must not wait for ever.
            self._open = False
            self._fail_queue()

    def _next_batch(self) -> list[_Waiting]:
        size = min(len(self._queue), MAX_BATCH)
        if self._alone:
            self._alone -= 1
            size = min(size, 1)
        return [self._queue.popleft() for _ in range(size)]

    async def _answered(self, batch: list[_Waiting]) -> None:
        """Run a batch to its end: every one of its units is answered, or back in the queue, whatever happens."""
        try:
            await self._turn(batch)
        except BaseException:
            self._drop()
            _fail(batch)
            raise

    async def _turn(self, batch: list[_Waiting]) -> None:
        try:
            await self._run_batch(batch)
        except RowsRefused as error:
            await self._isolate(batch, error)
        except Exception as error:
            log.exception("commit_failed", units=len(batch), reason=str(error))
            await self._recover(batch)

    async def _isolate(self, batch: list[_Waiting], error: RowsRefused) -> None:
        """Queue again, to be run alone, the units of a batch: the database will never take the rows of one of them."""
        log.error("rows_refused", units=len(batch), reason=str(error))
        if len(batch) > 1:
            self._queue.extendleft(reversed(batch))
            self._alone = len(batch)
        await self._recover(batch if len(batch) == 1 else [])

    async def _run_batch(self, batch: list[_Waiting]) -> None:
        for memory in self._memories:
            memory.hold()
        absent = await self._load_memories(batch)
        source = await self._database.prefetch([waiting.row_needs for waiting in batch])
        tx = Tx(source, dict(self.positions), absent=absent)
        outcomes = self._run_units(batch, tx)
        for memory in self._memories:
            memory.release()
        writes = self._with_streams(tx)
        BATCH_UNITS.observe(len(outcomes))
        await self._database.commit(writes)
        self.committed(writes)
        self.positions = tx.positions
        for publish in tx.apply():
            _publish(publish)
        _answer(batch, outcomes)

    async def _load_memories(self, batch: list[_Waiting]) -> set[MemoryNeed]:
        """Load what units need and `write` found absent, or was let go since; return what there is not."""
        absent = set()
        for waiting in batch:
            for need in waiting.memory_needs:
                memory, key = need
                if memory.peek(key) is None and await memory.get(key) is None:
                    absent.add(need)
        return absent

    def _run_units(self, batch: list[_Waiting], tx: Tx) -> list[tuple[Any, Exception | None]]:
        """Run units until their time is up, or one needs what another took; queue those that did not run again."""
        until = perf_counter() + BATCH_SECONDS
        outcomes: list[tuple[Any, Exception | None]] = []
        for waiting in batch:
            outcome = _run_unit(waiting.unit, tx)
            if outcomes and isinstance(outcome[1], Contended):
                break
            outcomes.append(outcome)
            if perf_counter() > until:
                break
        self._queue.extendleft(reversed(batch[len(outcomes) :]))
        del batch[len(outcomes) :]
        return outcomes

    def _with_streams(self, tx: Tx) -> Writes:
        """Return what is to be written: the rows, and the streams that have moved."""
        writes = {table: rows for table, rows in tx.writes.items() if rows}
        if tx.positions != self.positions:
            writes[self._streams] = {
                (stream,): (stream, position)
                for stream, position in tx.positions.items()
                if self.positions.get(stream) != position
            }
        return writes

    async def _recover(self, failed: Sequence[_Waiting]) -> None:
        """Read again what the disk holds: whether a failed commit reached it is not known. Then answer who failed."""
        self._drop()
        try:
            while not await self._read_again():
                _fail(failed)
                self._fail_queue()
                await asyncio.sleep(self.retry_seconds)
        finally:
            _fail(failed)
        self._recovered()

    async def _read_again(self) -> bool:
        try:
            await self._database.recover()
            self.positions = await self._load_positions()
        except Exception as error:
            log.exception("recovery_failed", reason=str(error))
            if self._stopping:
                raise
            return False
        for memory in self._memories:
            memory.clear()
        return True

    def _drop(self) -> None:
        for memory in self._memories:
            memory.staged.clear()
            memory.release()

    def _fail_queue(self) -> None:
        _fail(self._queue)
        self._queue.clear()
        self._alone = 0


def _run_unit(unit: Unit[Any], tx: Tx) -> tuple[Any, Exception | None]:
    """Run one unit: its result, or why it was refused and left nothing behind."""
    try:
        result = unit.run(tx)
    except Exception as error:
        tx.undo_unit()
        return None, error
    tx.keep_unit()
    return result, None


def _answer(batch: Sequence[_Waiting], outcomes: Sequence[tuple[Any, Exception | None]]) -> None:
    refused = 0
    for waiting, (result, error) in zip(batch, outcomes, strict=True):
        refused += error is not None
        if waiting.future.done():  # whoever waited has been cancelled
            continue
        if error is None:
            waiting.future.set_result(result)
        elif isinstance(error, StopIteration):  # which a future cannot carry
            waiting.future.set_exception(RuntimeError("A unit raised StopIteration."))
        else:
            waiting.future.set_exception(error)
    _REFUSED.inc(refused)
    _COMMITTED.inc(len(batch) - refused)


def _fail(batch: Iterable[_Waiting]) -> None:
    for waiting in batch:
        if not waiting.future.done():
            _FAILED.inc()
            waiting.future.set_exception(
                InternalError("The server could not save this. Nothing was changed; try again.")
            )


def _publish(publish: Callable[[], None]) -> None:
    try:
        publish()
    except Exception:
        log.exception("publish_failed")
