"""SQLite: rows are read directly, a batch is flushed on the loop's thread, and COMMIT waits for the disk in a thread.

Flushing stays on the loop's thread because each statement gives up the interpreter lock for a moment, and a second
thread would wait up to 5 ms to get it back. COMMIT never runs there: it costs every other request the disk's time.
"""

import asyncio
import fcntl
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import msgspec

from amanat.db.database import DatabaseAway, DataInUse, Migration, RowNeed, RowsRefused, Writes
from amanat.db.migrations import check_not_newer
from amanat.db.prefetched import Prefetched
from amanat.db.query import Query, Row
from amanat.db.sqlite_connections import Connections, Wakeful
from amanat.db.table import Key, Table, Values
from amanat.db.tx import Source

VERSION = sqlite3.sqlite_version_info
OLDEST_VERSION = (3, 37, 0)
"""The first with STRICT tables."""
WAL_PAGES = 4000
"""Pages (4 KiB) after which a commit moves the log into the database: 16 MiB. Four times SQLite's default, since a page
that changes often is then moved less often: 6 % less CPU per event sent. A log is written over from its beginning once
it has been moved; until it has grown to its full length, each page of it is a new one to the file system too."""
WAL_LIMIT_BYTES = 64 * 1024 * 1024
"""What a log is cut back to, once a long reader has let it grow."""

READ_TOGETHER = 16
"""Rows read by one statement; a statement is kept for each smaller number too."""

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    f"PRAGMA journal_size_limit = {WAL_LIMIT_BYTES}",
    # What is deleted is overwritten with zeros, which an erasure counts on. Its cost is below what can be measured,
    # and Debian's SQLite does it anyway.
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -8000",
)


# The rows themselves are at fault, not the disk.
_ROWS_REFUSED = (
    sqlite3.DataError,
    sqlite3.IntegrityError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
    OverflowError,
    UnicodeEncodeError,
)


class _Batch:
    """A batch's view of the rows: each is read once, and those that units declared by whole keys are read together."""

    __slots__ = ("_database", "_rows")

    def __init__(self, database: "SqliteDatabase", needs: Sequence[Sequence[RowNeed]]) -> None:
        self._database = database
        self._rows: defaultdict[Table[Any], dict[Key, Values | None]] = defaultdict(dict)
        for need in chain.from_iterable(needs):
            table, key = need[0], need[1]
            if len(key) == table.key_size:
                self._rows[table][key] = None
        for table, rows in self._rows.items():
            for values in database.get_many(table, list(rows)):
                rows[values[: table.key_size]] = values

    def get(self, table: Table[Any], key: Key) -> Values | None:
        """Return the committed row with this key."""
        rows = self._rows[table]
        if key not in rows:
            rows[key] = self._database.get(table, key)
        return rows[key]

    def scan(self, table: Table[Any], prefix: Key) -> Iterator[Values]:
        """Yield the committed rows under a key prefix, in the order of their keys."""
        return self._database.scan(table, prefix)


class SqliteDatabase:
    """A database in one file, with a writing and a reading connection.

    `portable` refuses what PostgreSQL would refuse and SQLite need not: reads that no unit declared, and U+0000 in
    text. Tests turn it on, so that a unit that passes on one database passes on both. With `wakeful`, it holds its
    connections only while it is among those that are used; the lock on its folder it holds from `open` to `close`.
    After `wal_pages` pages a commit moves the log into the database.
    """

    dialect = "sqlite"

    def __init__(
        self, path: Path, *, portable: bool = False, wakeful: Wakeful | None = None, wal_pages: int = WAL_PAGES
    ) -> None:
        self.path = path
        self.is_at_work = False
        """Whether a batch has begun and is not on disk yet."""
        self._portable = portable
        self._wakeful = wakeful
        self._pragmas = (*_PRAGMAS, f"PRAGMA wal_autocheckpoint = {wal_pages}")
        self._statements: dict[tuple[Table[Any], str], str] = {}
        self._lock: int | None = None
        self._connections: Connections | None = None
        self._resting: Connections | None = None

    async def open(self) -> None:
        """Connect and take the lock; raises `DataInUse`."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._take_lock()
        try:
            self._connections = self._connect()
        except BaseException:
            self._give_up_lock()
            raise

    @property
    def is_at_rest(self) -> bool:
        """Whether it holds no connections at the moment."""
        return self._connections is None

    @property
    def _held(self) -> Connections:
        held = self._connections
        if held is None:
            if self._lock is None:
                raise sqlite3.ProgrammingError("The database is closed.")
            try:
                held = self._connections = self._connect()
            except sqlite3.OperationalError as error:
                raise DatabaseAway from error
        return held

    @property
    def _writer(self) -> sqlite3.Connection:
        return self._held.writer

    @property
    def _reader(self) -> sqlite3.Connection:
        return self._held.reader

    def _connect(self) -> Connections:
        return Connections(self.path, pragmas=self._pragmas)

    def _is_used(self) -> None:
        if self._wakeful is not None:
            self._wakeful.note(self)

    def rest(self) -> None:
        """Let the connections go until they are needed again."""
        assert not self.is_at_work
        held, self._connections = self._connections, None
        if held is not None:
            self._finish_resting()
            held.let_go()
            self._resting = held

    def _finish_resting(self) -> None:
        resting, self._resting = self._resting, None
        if resting is not None:
            resting.committer.join()

    def _take_lock(self) -> None:
        self._lock = os.open(self.path.parent / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._lock)
            self._lock = None
            raise DataInUse(f"Another process is using {self.path.parent}. Stop it first.") from error

    async def close(self) -> None:
        """Close the connections (which moves the log into the database) and give up the lock."""
        if self._wakeful is not None:
            self._wakeful.forget(self)
        self.is_at_work = False
        self.rest()
        self._finish_resting()
        self._give_up_lock()

    def _give_up_lock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    async def prefetch(self, needs: Sequence[Sequence[RowNeed]]) -> Source:
        """Begin the batch's transaction, and read inside it what is declared by its whole key.

        A read outside it would be a transaction of its own, which costs more than the reading.
        """
        self._is_used()
        self._writer.execute("BEGIN IMMEDIATE")
        self.is_at_work = True
        if not self._portable:
            try:
                return _Batch(self, needs)
            except _ROWS_REFUSED as error:
                raise RowsRefused(str(error)) from error
        found = Prefetched(needs)
        for table, keys in found.gets.items():
            found.fill_get(table, [row for key in keys if (row := self.get(table, key)) is not None])
        for (table, size), scans in found.scans.items():
            rows = [islice(self.scan(table, prefix), scan.limit) for prefix, scan in scans.items()]
            found.fill_scan(table, list(chain.from_iterable(rows)), size=size)
        return found

    def get(self, table: Table[Any], key: Key) -> Values | None:
        """Return the committed row with this key."""
        row: Values | None = self._writer.execute(self._statement(table, "get"), key).fetchone()
        return row

    def get_many(self, table: Table[Any], keys: Sequence[Key]) -> list[Values]:
        """Return the committed rows with these keys, at half of what it costs to ask for each."""
        rows: list[Values] = []
        for at in range(0, len(keys), READ_TOGETHER):
            some = keys[at : at + READ_TOGETHER]
            rows += self._writer.execute(self._statement(table, f"get{len(some)}"), [*chain.from_iterable(some)])
        return rows

    def scan(self, table: Table[Any], prefix: Key) -> Iterator[Values]:
        """Yield the committed rows under a key prefix, in the order of their keys."""
        return self._writer.execute(self._statement(table, f"scan{len(prefix)}"), prefix)

    async def commit(self, writes: Writes) -> None:
        """Flush here, sync in the thread."""
        connection = self._writer
        if not writes:
            connection.execute("ROLLBACK")
            self.is_at_work = False
            return
        try:
            self._flush(connection, writes)
        except _ROWS_REFUSED as error:
            raise RowsRefused(str(error)) from error
        await self._held.committer.commit()
        self.is_at_work = False

    def _flush(self, connection: sqlite3.Connection, writes: Writes) -> None:
        for table, rows in writes.items():
            puts = [values for values in rows.values() if values is not None]
            if self._portable:
                _refuse_nul(table, puts)
            if puts:
                connection.executemany(self._statement(table, "put"), puts)
            if len(puts) != len(rows):
                gone = [key for key, values in rows.items() if values is None]
                connection.executemany(self._statement(table, "delete"), gone)

    async def recover(self) -> None:
        """A failed transaction is rolled back; SQLite keeps nothing of it."""
        if self._writer.in_transaction:
            self._writer.execute("ROLLBACK")
        self.is_at_work = False

    async def all(self, query: Query[Row], parameters: Mapping[str, Any]) -> list[Row]:
        """Read inline: an indexed read takes microseconds, a thread's hand-over tens of them.

        Who wrote last has in its cache what is on disk; the other connection reads anew what has changed.
        """
        self._is_used()
        if query.lists:
            parameters = {name: _json(value) if name in query.lists else value for name, value in parameters.items()}
        row = query.row
        connection = self._reader if self.is_at_work else self._writer
        return [row(*values) for values in connection.execute(query.sqlite, parameters)]

    async def schema_version(self) -> int:
        """Return the number of the newest migration applied."""
        version: int = self._writer.execute("PRAGMA user_version").fetchone()[0]
        return version

    async def migrate(self, migrations: Sequence[Migration]) -> list[int]:
        """Apply what is missing, each migration in a transaction of its own."""
        current = await self.schema_version()
        check_not_newer(current, migrations)
        applied = []
        for migration in migrations:
            if migration.number > current:
                self._apply(migration)
                applied.append(migration.number)
        return applied

    def _apply(self, migration: Migration) -> None:
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            for statement in migration.statements(self.dialect):
                self._writer.execute(statement)
            self._writer.execute(f"PRAGMA user_version = {int(migration.number)}")
            self._writer.execute("COMMIT")
        except BaseException:
            self._writer.execute("ROLLBACK")
            raise

    async def forget_deleted(self) -> None:
        """Cut the log, which still has pages as they were: in the database itself, deleted rows are zeros already."""
        await asyncio.to_thread(self._cut_log)

    def _cut_log(self) -> None:
        connection = sqlite3.connect(self.path, isolation_level=None, timeout=10)
        try:
            # Most of it without keeping anybody waiting, and then the rest at once.
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
            busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            connection.close()
        if busy:
            raise TimeoutError("The database is too busy for its log to be cut; it will be tried again.")

    def backup_to(self, path: Path) -> None:
        """Write a consistent copy while others read and write. Blocking: call it from a thread."""
        source = sqlite3.connect(self.path, isolation_level=None)
        try:
            source.execute("VACUUM INTO ?", (str(path),))
        finally:
            source.close()

    def _statement(self, table: Table[Any], kind: str) -> str:
        sql = self._statements.get((table, kind))
        if sql is None:
            sql = self._statements[table, kind] = _sql(table, kind)
        return sql


def _json(values: Iterable[str | int]) -> str:
    """Encode a list for `json_each`, which cuts a text off at U+0000 and would find what was not asked for."""
    encoded = msgspec.json.encode(values := list(values))
    if b"\\u0000" in encoded:
        encoded = msgspec.json.encode([value for value in values if not (isinstance(value, str) and "\0" in value)])
    return encoded.decode()


def _refuse_nul(table: Table[Any], rows: Sequence[Values]) -> None:
    if any(isinstance(value, str) and "\0" in value for values in rows for value in values):
        raise RowsRefused(f"{table}: PostgreSQL cannot store U+0000 in text.")


def _sql(table: Table[Any], kind: str) -> str:
    columns = ", ".join(table.columns)
    if kind == "put":
        return _put_sql(table, columns)
    if kind.startswith("get") and kind != "get":
        return _get_many_sql(table, count=int(kind.removeprefix("get")))
    size = table.key_size if kind in ("get", "delete") else int(kind.removeprefix("scan"))
    where = " AND ".join(f"{column} = ?" for column in table.columns[:size]) or "true"
    if kind == "delete":
        return f"DELETE FROM {table.name} WHERE {where}"  # noqa: S608  the names are constants of our own
    order = "" if kind == "get" else f" ORDER BY {', '.join(table.key_columns)}"
    return f"SELECT {columns} FROM {table.name} WHERE {where}{order}"  # noqa: S608  likewise


def _get_many_sql(table: Table[Any], *, count: int) -> str:
    columns = ", ".join(f"t.{column}" for column in table.columns)
    key = f"({', '.join('?' * table.key_size)})"
    wanted = f"WITH n({', '.join(table.key_columns)}) AS (VALUES {', '.join([key] * count)})"
    where = " AND ".join(f"t.{column} = n.{column}" for column in table.key_columns)
    return f"{wanted} SELECT {columns} FROM n CROSS JOIN {table.name} AS t ON {where}"  # noqa: S608  likewise


def _put_sql(table: Table[Any], columns: str) -> str:
    insert = f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join('?' * len(table.columns))})"  # noqa: S608  likewise
    rest = table.columns[table.key_size :]
    if table.append_only:
        return insert
    key = ", ".join(table.key_columns)
    if not rest:
        return f"{insert} ON CONFLICT ({key}) DO NOTHING"
    return f"{insert} ON CONFLICT ({key}) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in rest)}"
