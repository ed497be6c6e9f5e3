"""Jobs: work that is promised in one unit of work and done after the answer, to its end, even across a crash.

A job is asked for in the unit that makes it necessary, so it is on disk if and only if that is. It may be done more
than once, so a worker does only what is not done yet, in units of its own.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog
from prometheus_client import Counter

from amanat.db.tx import Need, Tx
from amanat.store.jobs import ALL_JOBS, JOB, JOBS, JobRow
from amanat.store.store import Store

AT_ONCE: Final = 4
RESUMED_AT_ONCE: Final = 100

Worker = Callable[[str], Awaitable[None]]

log = structlog.get_logger()

FAILED = Counter("amanat_handlers_jobs_failed_total", "Jobs that failed and will be tried again.", ["kind"])


class Jobs:
    """Runs jobs as soon as they are on disk, and what a dead process left behind by `resume`."""

    def __init__(self, store: Store) -> None:
        self.workers: dict[str, Worker] = {}
        self._store = store
        self._running: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._asked_again: set[tuple[str, str]] = set()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._closed = False

    def needs(self, kind: str, subject: str) -> Sequence[Need]:
        """Return what `ask` reads."""
        return [(JOBS, (kind, subject))]

    def ask(self, tx: Tx, kind: str, *, subject: str) -> None:
        """Ask for a job, inside the unit of work that makes it necessary."""
        held = tx.get(JOBS, kind, subject)
        tx.put(JOBS, JobRow(kind, subject, held.revision + 1 if held else 1))
        tx.after_commit(lambda: self._start(kind, subject))

    async def done(self, kind: str, subject: str) -> None:
        """Wait until a job that has just been asked for has been tried."""
        task = self._running.get((kind, subject))
        if task is not None:
            await asyncio.wait([task])

    async def resume(self) -> None:
        """Start what is on disk and is not being done; run it at the start and every now and then."""
        for row in await self._store.all(ALL_JOBS, max_rows=RESUMED_AT_ONCE):
            self._start(row.kind, row.subject)

    async def close(self) -> None:
        """Stop; what is not finished will be resumed."""
        self._closed = True
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _start(self, kind: str, subject: str) -> None:
        key = (kind, subject)
        if self._closed or kind not in self.workers:
            return
        if key in self._running:
            # It may have looked for the last time already.
            self._asked_again.add(key)
            return
        task = asyncio.get_running_loop().create_task(self._run(kind, subject), name=f"job {kind}")
        self._running[key] = task
        task.add_done_callback(lambda _task: self._ended(key))

    def _ended(self, key: tuple[str, str]) -> None:
        del self._running[key]
        if key in self._asked_again:
            self._asked_again.remove(key)
            self._start(*key)

    async def _run(self, kind: str, subject: str) -> None:
        try:
            async with self._turns:
                while not await self._once(kind, subject):
                    pass
        except Exception:
            FAILED.labels(kind).inc()
            log.exception("job_failed", kind=kind, subject=subject)

    async def _once(self, kind: str, subject: str) -> bool:
        """Do a job; whether it is done for good, and was not asked for again in the meantime."""
        job = await self._store.first(JOB, kind=kind, subject=subject)
        if job is None:
            return True
        await self.workers[kind](subject)

        def run(tx: Tx) -> bool:
            held = tx.get(JOBS, kind, subject)
            if held is not None and held.revision != job.revision:
                return False
            tx.delete(JOBS, kind, subject)
            return True

        return await self._store.write(run, needs=self.needs(kind, subject))
