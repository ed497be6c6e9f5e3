"""PostgreSQL: a batch's reads are one query, its writes one statement, both over the connection that holds the lock.

Losing that connection is losing the lock, so a writer that has been replaced cannot commit: its commits would have to
go over the connection that it no longer has.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import asyncpg
import structlog
from asyncpg.exceptions import _base as client_errors

from amanat.db.database import DatabaseAway, DataInUse, Migration, RowNeed, RowsRefused, UnusableData, Writes
from amanat.db.migrations import check_not_newer
from amanat.db.prefetched import Prefetched
from amanat.db.query import Query, Row
from amanat.db.table import Key, Table, Values

OLDEST_VERSION: Final = 15
READERS: Final = 4
"""Reading connections: reads are short, and every one costs PostgreSQL a process of some 10 MB."""
LOCK: Final = 0x616D6E74
"""The first half of the advisory lock's key ("amnt"); the second is the schema that the tables are in."""
LOCK_WAIT: Final = "1s"
"""How long a server waits for the lock: one that was killed a moment ago may still hold it until PostgreSQL notices."""
CONNECT_SECONDS: Final = 10.0
DEADLINE_SECONDS: Final = 30.0
"""What no statement takes unless the database or the network is gone."""
MIGRATION_SECONDS: Final = 86_400.0
"""What a statement of a migration may take: it may rewrite a large table."""

log = structlog.get_logger()

_TYPES: Final = {"text": "text", "integer": "bigint", "bytes": "bytea"}

# A statement is planned once, when its tables may be almost empty, so plans that are good for small tables are
# forbidden: only index look-ups, driven by the arrays. What is forbidden has a huge cost, which would start the
# just-in-time compiler: it is off too.
_WRITER_SETTINGS: Final = {
    "application_name": "amanat writer",
    "synchronous_commit": "on",
    "plan_cache_mode": "force_generic_plan",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "enable_seqscan": "off",
    "jit": "off",
    # The lock of a server whose machine has vanished is free again after a minute.
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
_READER_SETTINGS: Final = {"application_name": "amanat reader", "default_transaction_read_only": "on", "jit": "off"}

# The rows themselves are at fault: nothing was written, and the connection is as good as before.
_ROWS_REFUSED: Final = (
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.ProgramLimitExceededError,
    client_errors.DataError,
    UnicodeEncodeError,
)
_CONNECTION_LOST: Final = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    ConnectionError,
    # So says the driver of a connection that has been told of its end, and is not closed yet.
    asyncpg.InternalClientError,
)
# It does not answer, or answers that it is starting, stopping, or full.
_AWAY: Final = (*_CONNECTION_LOST, asyncpg.CannotConnectNowError, asyncpg.TooManyConnectionsError, OSError)


class PostgresDatabase:
    """A database in PostgreSQL, with one writing connection that holds the lock and a few reading ones.

    `schema` names the one that the tables are in, which is made if need be; by default it is the role's own.
    """

    dialect = "postgres"

    def __init__(self, url: str, *, schema: str | None = None) -> None:
        self._url = url
        self._schema = None if schema is None else _identifier(schema)
        self._settings = {} if self._schema is None else {"search_path": self._schema}
        self._writer: asyncpg.Connection
        self._readers: asyncpg.Pool
        self._doubtful = False
        self._statements: dict[Any, str] = {}

    async def open(self) -> None:
        """Connect and take the lock; raises `DataInUse`, or `UnusableData` if PostgreSQL refuses or is too old."""
        try:
            self._writer = await self._connect_writer()
        except asyncpg.PostgresError as error:
            raise UnusableData(f"PostgreSQL lets nobody in: {error}.") from error
        try:
            self._readers = await asyncpg.create_pool(
                self._url,
                min_size=1,
                max_size=READERS,
                reset=_nothing_to_reset,
                timeout=CONNECT_SECONDS,
                command_timeout=DEADLINE_SECONDS,
                server_settings={**_READER_SETTINGS, **self._settings},
                max_cached_statement_lifetime=0,
            )
        except BaseException:
            self._writer.terminate()
            raise

    async def _connect_writer(self) -> asyncpg.Connection:
        connection = await asyncpg.connect(
            self._url,
            timeout=CONNECT_SECONDS,
            command_timeout=DEADLINE_SECONDS,
            server_settings={**_WRITER_SETTINGS, **self._settings},
            statement_cache_size=500,
            max_cached_statement_lifetime=0,
            max_cacheable_statement_size=0,
        )
        try:
            _check(connection)
            if self._schema is not None:
                await _make_schema(connection, self._schema)
            await _take_lock(connection)
        except BaseException:
            connection.terminate()
            raise
        return connection

    async def close(self) -> None:
        """Close the connections, and with them give up the lock."""
        await self._readers.close()
        await self._writer.close()

    async def prefetch(self, needs: Sequence[Sequence[RowNeed]]) -> Prefetched:
        """Fetch everything that the units of a batch will read, in one query."""
        found = Prefetched(needs)
        gets = sorted(found.gets.items(), key=lambda item: item[0].name)
        scans = sorted(found.scans.items(), key=lambda item: (item[0][0].name, item[0][1]))
        if not gets and not scans:
            return found
        kinds = tuple((table, table.key_size, False) for table, _ in gets) + tuple((*of, True) for of, _ in scans)
        arguments: list[Any] = []
        for table, keys in gets:
            arguments += _columns(_storable(keys, table.kinds), table.key_size)
        for (table, size), prefixes in scans:
            known = _storable(prefixes, table.kinds)
            arguments += [*_columns(known, size), [prefixes[prefix].limit for prefix in known]]
        rows: list[list[Values]] = [[] for _ in kinds]
        for part, values in await self._ask(self._statement(kinds, _prefetch_sql), arguments):
            rows[part].append(values)
        for (table, size, is_scan), values_list in zip(kinds, rows, strict=True):
            if is_scan:
                found.fill_scan(table, values_list, size=size)
            else:
                found.fill_get(table, values_list)
        return found

    async def _ask(self, sql: str, arguments: Sequence[Any]) -> list[Any]:
        self._doubtful = True
        try:
            found: list[Any] = await self._writer.fetch(sql, *arguments)
        except _ROWS_REFUSED as error:
            self._doubtful = False
            raise RowsRefused(_without_values(error)) from error
        self._doubtful = False
        return found

    async def commit(self, writes: Writes) -> None:
        """Write the batch as one statement, which is a transaction of its own."""
        if not writes:
            return
        kinds: list[tuple[Table[Any], bool]] = []
        arguments: list[Any] = []
        for table, rows in sorted(writes.items(), key=lambda item: item[0].name):
            puts = [values for values in rows.values() if values is not None]
            if puts:
                kinds.append((table, True))
                arguments += zip(*puts, strict=True)
            if len(puts) != len(rows):
                kinds.append((table, False))
                arguments += _columns([key for key, values in rows.items() if values is None], table.key_size)
        await self._ask(self._statement(tuple(kinds), _commit_sql), arguments)

    def _statement(self, kinds: Any, sql_of: Any) -> str:
        sql = self._statements.get(kinds)
        if sql is None:
            sql = self._statements[kinds] = sql_of(kinds)
        return sql

    async def recover(self) -> None:
        """Connect again where the connection, or what it last did, is in doubt; take the lock again.

        The lock is free only once the old connection's statement has ended, one way or the other.
        """
        if self._doubtful or self._writer.is_closed():
            self._writer.terminate()
            self._writer = await self._connect_writer()
            self._doubtful = False

    async def all(self, query: Query[Row], parameters: Mapping[str, Any]) -> list[Row]:
        """Read over a connection of the pool; once more if that turned out to be dead."""
        arguments = [
            list(parameters[name]) if name in query.lists else parameters[name]  # a set is no array
            for name in query.order
        ]
        row = query.row
        try:
            return [row(*record) for record in await self._read(query.postgres, arguments)]
        except asyncpg.CharacterNotInRepertoireError:
            # No row holds U+0000, so none equals it.
            if any(_has_nul(argument) for argument in arguments):
                return []
            arguments = [
                [value for value in argument if not _has_nul(value)] if isinstance(argument, list) else argument
                for argument in arguments
            ]
            return [row(*record) for record in await self._read(query.postgres, arguments)]

    async def _read(self, sql: str, arguments: Sequence[Any]) -> list[Any]:
        try:
            found: list[Any] = await self._readers.fetch(sql, *arguments)
        except _CONNECTION_LOST:
            await self._readers.expire_connections()
            found = await self._read_again(sql, arguments)
        except _AWAY as error:
            raise _away(error) from error
        return found

    async def _read_again(self, sql: str, arguments: Sequence[Any]) -> list[Any]:
        try:
            found: list[Any] = await self._readers.fetch(sql, *arguments)
        except _AWAY as error:
            raise _away(error) from error
        return found

    async def forget_deleted(self) -> None:
        """Do nothing: PostgreSQL's own vacuum frees the space of deleted rows, and new rows overwrite it."""

    async def schema_version(self) -> int:
        """Return the number of the newest migration applied."""
        if await self._writer.fetchval("SELECT to_regclass('migrations') IS NULL"):
            return 0
        version: int = await self._writer.fetchval("SELECT coalesce(max(number), 0) FROM migrations")
        return version

    async def migrate(self, migrations: Sequence[Migration]) -> list[int]:
        """Apply what is missing, each migration in a transaction of its own."""
        current = await self.schema_version()
        check_not_newer(current, migrations)
        missing = [migration for migration in migrations if migration.number > current]
        for migration in missing:
            await self._apply(migration)
        return [migration.number for migration in missing]

    async def _apply(self, migration: Migration) -> None:
        async with self._writer.transaction():
            await self._writer.execute("CREATE TABLE IF NOT EXISTS migrations (number bigint NOT NULL PRIMARY KEY)")
            for statement in migration.statements(self.dialect):
                await self._writer.execute(statement, timeout=MIGRATION_SECONDS)
            await self._writer.execute("INSERT INTO migrations VALUES ($1)", migration.number)


def _away(error: Exception) -> DatabaseAway:
    log.warning("database_away", reason=type(error).__name__)
    return DatabaseAway()


async def _nothing_to_reset(_: asyncpg.Connection) -> None:
    """Leave a returned connection as it is: it has only read, and resetting would cost a round trip per query."""


def _without_values(error: Exception) -> str:
    """Say what was wrong, for the log: the details of an error quote what the rows hold."""
    return (
        f"{type(error).__name__}: {getattr(error, 'message', '')}"
        if isinstance(error, asyncpg.PostgresError)
        else type(error).__name__
    )


def _check(connection: asyncpg.Connection) -> None:
    version = connection.get_server_version().major
    if version < OLDEST_VERSION:
        raise UnusableData(f"Amanat needs PostgreSQL {OLDEST_VERSION} or later; this is {version}.")
    encoding = connection.get_settings().server_encoding
    if encoding.upper() != "UTF8":
        raise UnusableData(f"The database's encoding is {encoding}; it must be UTF8.")


async def _make_schema(connection: asyncpg.Connection, schema: str) -> None:
    # Asked first: a role that may not make schemas can use one that was made for it.
    if not await connection.fetchval("SELECT current_schema() IS NOT NULL"):
        await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")


async def _take_lock(connection: asyncpg.Connection) -> None:
    async with connection.transaction():
        await connection.execute(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
        try:
            await connection.execute("SELECT pg_advisory_lock($1, hashtext(coalesce(current_schema(), '')))", LOCK)
        except asyncpg.LockNotAvailableError as error:
            raise DataInUse("Another server is using this database. Stop it first.") from error


def _columns(keys: Iterable[Key], size: int) -> list[Sequence[Any]]:
    """Turn keys into one array per column."""
    return list(zip(*keys, strict=True)) or [()] * size


def _storable(keys: Mapping[Key, Any], kinds: Sequence[str]) -> Collection[Key]:
    """Leave out the keys with U+0000 in them: no row has such a key, and PostgreSQL refuses to be asked."""
    texts = (column for column, kind in zip(zip(*keys, strict=True), kinds, strict=False) if kind == "text")
    if not any("\0" in "".join(map(str, column)) for column in texts):
        return keys
    return [key for key in keys if not any(map(_has_nul, key))]


def _has_nul(value: Any) -> bool:
    return isinstance(value, str) and "\0" in value


def _prefetch_sql(kinds: Sequence[tuple[Table[Any], int, bool]]) -> str:
    parts, next_argument = [], 1
    for part, (table, size, is_scan) in enumerate(kinds):
        row = ", ".join(f"t.{column}" for column in table.columns)
        types = [_TYPES[kind] for kind in table.kinds[:size]] + ["bigint"] * is_scan
        wanted = f"{_unnest(types, next_argument)} AS n({_names(len(types))})"
        where = " AND ".join(f"t.{column} = n.c{at}" for at, column in enumerate(table.columns[:size])) or "true"
        if is_scan:
            order = ", ".join(f"t.{column}" for column in table.key_columns)
            found = f"SELECT {row} FROM {table.name} AS t WHERE {where} ORDER BY {order} LIMIT n.c{size}"  # noqa: S608  the names are constants of our own
            parts.append(f"SELECT {part}, ROW({row}) FROM {wanted} CROSS JOIN LATERAL ({found}) AS t")  # noqa: S608  likewise
        else:
            parts.append(f"SELECT {part}, ROW({row}) FROM {wanted} JOIN {table.name} AS t ON {where}")  # noqa: S608  likewise
        next_argument += len(types)
    return " UNION ALL ".join(parts)


def _commit_sql(kinds: Sequence[tuple[Table[Any], bool]]) -> str:
    parts, next_argument = [], 1
    for part, (table, is_put) in enumerate(kinds):
        size = len(table.columns) if is_put else table.key_size
        arrays = _unnest([_TYPES[kind] for kind in table.kinds[:size]], next_argument)
        parts.append(f"w{part} AS ({_put_sql(table, arrays) if is_put else _delete_sql(table, arrays)})")
        next_argument += size
    return f"WITH {', '.join(parts)} SELECT 1"


def _put_sql(table: Table[Any], arrays: str) -> str:
    insert = f"INSERT INTO {table.name} ({', '.join(table.columns)}) SELECT * FROM {arrays}"  # noqa: S608  likewise
    if table.append_only:
        return insert
    rest = table.columns[table.key_size :]
    changes = ", ".join(f"{column} = excluded.{column}" for column in rest)
    action = f"UPDATE SET {changes}" if rest else "NOTHING"
    return f"{insert} ON CONFLICT ({', '.join(table.key_columns)}) DO {action}"


def _delete_sql(table: Table[Any], arrays: str) -> str:
    where = " AND ".join(f"t.{column} = n.c{at}" for at, column in enumerate(table.key_columns))
    return f"DELETE FROM {table.name} AS t USING {arrays} AS n({_names(table.key_size)}) WHERE {where}"  # noqa: S608  likewise


def _unnest(types: Sequence[str], first_argument: int) -> str:
    return f"unnest({', '.join(f'${first_argument + at}::{name}[]' for at, name in enumerate(types))})"


def _identifier(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _names(count: int) -> str:
    return ", ".join(f"c{at}" for at in range(count))
