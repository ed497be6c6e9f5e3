"""The connections to one file of SQLite, and which of many files hold theirs: those that are used.

A connection costs 170 kB: its copy of the schema, and its first pages. A gateway with a thousand bots has two thousand
of them, and most of its bots wait.
"""

import asyncio
import ctypes
import os
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Final, Protocol

ROUNDS: Final = 8
"""After so many looks for who may rest, freed memory is given back: that walks through all of it, for milliseconds."""


class Committer:
    """A thread that runs COMMIT, which waits for the disk, and tells the loop: at half of what an executor costs."""

    def __init__(self, connection: sqlite3.Connection, *, last: Callable[[], None]) -> None:
        """`last` is what the thread does when it is stopped."""
        self._connection = connection
        self._last = last
        self._waiting: SimpleQueue[asyncio.Future[None] | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="commit", daemon=True)
        self._thread.start()

    async def commit(self) -> None:
        """Return once what the connection has written is on disk."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.put(future)
        await future

    def stop(self) -> None:
        """Have it end, after the commit that is under way."""
        self._waiting.put(None)

    def join(self) -> None:
        """Wait until it has ended."""
        self._thread.join()

    def _run(self) -> None:
        while (future := self._waiting.get()) is not None:
            error = None
            try:
                self._connection.execute("COMMIT")
            except Exception as raised:
                error = raised
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                future.get_loop().call_soon_threadsafe(_answer, future, error)
        self._last()


def _answer(future: "asyncio.Future[None]", error: Exception | None) -> None:
    if future.done():  # cancelled
        return
    if error is None:
        future.set_result(None)
    else:
        future.set_exception(error)


class Connections:
    """A writing and a reading connection, and the thread that commits."""

    def __init__(self, path: Path, *, pragmas: Sequence[str]) -> None:
        self.writer = _connect(path, pragmas)
        try:
            self.reader = _connect(path, (*pragmas, "PRAGMA query_only = ON"))
        except BaseException:
            self.writer.close()
            raise
        self.committer = Committer(self.writer, last=self._close)

    def let_go(self) -> None:
        """Have them closed by the thread that commits: to move the log into the database takes the disk's time."""
        self.committer.stop()

    def _close(self) -> None:
        self.reader.close()
        self.writer.close()


def _connect(path: Path, pragmas: Sequence[str]) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512, timeout=10)
    try:
        os.chmod(path, 0o600)
        for pragma in pragmas:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


class Rests(Protocol):
    """A database that can do without its connections for a while."""

    @property
    def is_at_work(self) -> bool:
        """Whether it is in the middle of something."""
        ...

    def rest(self) -> None:
        """Let its connections go until it is used again."""
        ...


class Wakeful:
    """Those of many databases that hold connections: the `most` that were used last, and who was used just now."""

    def __init__(self, *, most: int, rest_after_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._rest_after_s = rest_after_s
        self._clock = clock
        self._used: OrderedDict[Rests, float] = OrderedDict()
        self._has_garbage = False

    def __len__(self) -> int:
        """How many hold connections."""
        return len(self._used)

    def note(self, database: Rests) -> None:
        """Note that one is used, and let others rest for it."""
        is_new = database not in self._used
        self._used[database] = self._clock()
        self._used.move_to_end(database)
        if is_new:
            self.let_rest()

    def forget(self, database: Rests) -> None:
        """Note that one has no connections any more."""
        self._used.pop(database, None)

    async def work(self) -> None:
        """Let those rest that nobody has used for a while, until cancelled."""
        while True:
            for _ in range(ROUNDS):
                await asyncio.sleep(self._rest_after_s)
                self.let_rest()
            if self._has_garbage:
                self._has_garbage = False
                _give_memory_back()

    def let_rest(self) -> bool:
        """Let some rest if too many do not; whether any does now."""
        if len(self._used) <= self._most:
            return False
        before = self._clock() - self._rest_after_s
        unused = takewhile(lambda entry: entry[1] <= before, self._used.items())
        idle = [each for each, _ in unused if not each.is_at_work]
        for each in idle[: len(self._used) - self._most]:
            del self._used[each]
            each.rest()
        self._has_garbage = self._has_garbage or bool(idle)
        return bool(idle)


def _give_memory_back() -> None:
    """Have the C library return what was freed: what lies between other things it keeps, and that is nearly all."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of glibc
    if trim is not None:
        trim(0)
