"""Durable rows by group commit: whatever waits is inserted together, committed with the log synced, then answered."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import asyncpg

Row = tuple[bytes, str, str, bytes]  # event id, room id, transaction id, JSON


class Storage(Protocol):
    """Where events are kept."""

    async def last_position(self) -> int:
        """Return the position of the newest event."""

    async def insert(self, rows: Sequence[Row], first_position: int) -> None:
        """Write rows durably."""


_TABLE = """
CREATE TABLE IF NOT EXISTS events (
    position {integer} PRIMARY KEY,
    event_id {bytes} NOT NULL,
    room_id text NOT NULL,
    txn_id text NOT NULL,
    json {bytes} NOT NULL
)"""


class SqliteStorage:
    """SQLite with a write-ahead log, synced at each commit, in a thread of its own."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for statement in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            _TABLE.format(integer="integer", bytes="blob"),
        ):
            self._connection.execute(statement)
        self._thread = ThreadPoolExecutor(1)

    async def last_position(self) -> int:
        """Return the position of the newest event."""
        (position,) = self._connection.execute("SELECT coalesce(max(position), 0) FROM events").fetchone()
        return int(position)

    async def insert(self, rows: Sequence[Row], first_position: int) -> None:
        """Insert on the loop's thread, which costs little, and commit in the other, which waits for the disk."""
        numbered = [(position, *row) for position, row in enumerate(rows, first_position)]
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?)", numbered)
        await asyncio.get_running_loop().run_in_executor(self._thread, self._connection.execute, "COMMIT")


class PostgresStorage:
    """PostgreSQL: one statement of unnest arrays per batch."""

    _INSERT = "INSERT INTO events SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::text[], $4::text[], $5::bytea[])"

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._connection = connection

    @classmethod
    async def open(cls, url: str) -> "PostgresStorage":
        """Connect and make the table."""
        connection = await asyncpg.connect(url)
        await connection.execute(_TABLE.format(integer="bigint", bytes="bytea"))
        return cls(connection)

    async def last_position(self) -> int:
        """Return the position of the newest event."""
        return int(await self._connection.fetchval("SELECT coalesce(max(position), 0) FROM events"))

    async def insert(self, rows: Sequence[Row], first_position: int) -> None:
        """Write the batch; the statement is its own transaction."""
        positions = range(first_position, first_position + len(rows))
        columns = [list(column) for column in zip(*rows, strict=True)]
        await self._connection.execute(self._INSERT, positions, *columns)


class Writer:
    """The one writer: takes all that waits, inserts it, and answers it with positions."""

    def __init__(self, storage: Storage, *, position: int, published: Callable[[int, Sequence[Row]], None]) -> None:
        self.position = position
        self._storage = storage
        self._published = published
        self._waiting: list[tuple[Row, asyncio.Future[None]]] = []
        self._wake = asyncio.Event()

    def write(self, row: Row) -> asyncio.Future[None]:
        """Queue a row; the future is done when it is on disk."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((row, future))
        self._wake.set()
        return future

    async def run(self) -> None:
        """Commit batch after batch."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            batch, self._waiting = self._waiting, []
            if not batch:
                continue
            rows = [row for row, _ in batch]
            await self._storage.insert(rows, self.position + 1)
            self.position += len(rows)
            for _, future in batch:
                future.set_result(None)
            self._published(self.position, rows)
