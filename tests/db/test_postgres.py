"""What PostgreSQL alone does: connections that die, a lock that moves, plans that must not change."""

import json
from collections.abc import AsyncIterator

import asyncpg
import pytest
from msgspec import Struct

from amanat.core.errors import InternalError
from amanat.db.database import DatabaseAway, DataInUse, RowsRefused, UnusableData
from amanat.db.postgres import PostgresDatabase, _commit_sql, _prefetch_sql
from amanat.db.query import Query
from tests.db.engine import LINES, NAMES, SCHEMA, THINGS, Engine, Thing
from tests.postgres_cluster import Cluster


class _One(Struct, frozen=True):
    number: int


ONE = Query("one", _One, sql="SELECT 1")


@pytest.fixture
async def database(postgres_url: str) -> PostgresDatabase:
    return PostgresDatabase(postgres_url)


@pytest.fixture
async def operator(postgres_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection of somebody who looks after the database."""
    connection = await asyncpg.connect(postgres_url)
    yield connection
    await connection.close()


async def end_connections(operator: asyncpg.Connection, name: str) -> None:
    await operator.fetch(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = $1", name
    )


async def test_a_writer_whose_connection_died_fails_one_batch_and_connects_again(
    engine: Engine, operator: asyncpg.Connection
) -> None:
    await engine.put(Thing("ani", 1))
    await end_connections(operator, "amanat writer")
    with pytest.raises(InternalError):
        await engine.put(Thing("ani", 2))
    await engine.put(Thing("ani", 3))
    assert await engine.things() == [Thing("ani", 1), Thing("ani", 3)]


async def test_a_reader_whose_connection_died_reads_again(engine: Engine, operator: asyncpg.Connection) -> None:
    await engine.put(Thing("ani", 1))
    await end_connections(operator, "amanat reader")
    assert await engine.things() == [Thing("ani", 1)]


async def test_a_role_keeps_its_tables_in_a_schema_that_was_made_for_it_and_is_told_that_the_database_is_away(
    operator: asyncpg.Connection, postgres_url: str
) -> None:
    role = f"kept_{await operator.fetchval('SELECT current_database()')}"
    await operator.execute(f"CREATE ROLE {role} LOGIN; CREATE SCHEMA kantor AUTHORIZATION {role}")
    database = PostgresDatabase(postgres_url.replace("user=amanat", f"user={role}"), schema="kantor")
    await database.open()
    assert [row.number for row in await database.all(ONE, {})] == [1]
    await operator.execute(f"ALTER ROLE {role} CONNECTION LIMIT 0")
    await end_connections(operator, "amanat reader")
    with pytest.raises(DatabaseAway):
        await database.all(ONE, {})
    await operator.execute(f"ALTER ROLE {role} CONNECTION LIMIT -1")
    assert [row.number for row in await database.all(ONE, {})] == [1]
    await database.close()
    await operator.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


async def test_a_writer_that_has_been_replaced_can_write_no_more(
    engine: Engine, operator: asyncpg.Connection, postgres_url: str
) -> None:
    await engine.put(Thing("ani", 1))
    await end_connections(operator, "amanat writer")
    successor = PostgresDatabase(postgres_url)
    await successor.open()
    for number in (2, 3):
        with pytest.raises(InternalError):
            await engine.put(Thing("ani", number))
    assert await engine.things() == [Thing("ani", 1)]
    await successor.close()
    await engine.recovered.wait()
    await engine.put(Thing("ani", 4))


async def test_the_lock_is_the_schema_s_so_that_two_servers_may_share_a_database(
    database: PostgresDatabase, operator: asyncpg.Connection, postgres_url: str
) -> None:
    await database.open()
    await operator.execute("CREATE SCHEMA other")
    other = PostgresDatabase(f"{postgres_url}&options=-csearch_path%3Dother")
    await other.open()
    await other.migrate([SCHEMA])
    with pytest.raises(DataInUse):
        await PostgresDatabase(postgres_url).open()
    assert await database.schema_version() == 0
    await other.close()
    await database.close()


async def test_a_database_in_another_encoding_is_refused_with_a_sentence(postgres: Cluster) -> None:
    url = postgres.create("latin", encoding="LATIN1")
    with pytest.raises(UnusableData, match="UTF8"):
        await PostgresDatabase(url).open()
    postgres.drop("latin")


async def test_a_commit_waits_for_the_disk(database: PostgresDatabase) -> None:
    await database.open()
    assert await database._writer.fetchval("SHOW synchronous_commit") == "on"
    await database.close()


async def test_readers_cannot_write(database: PostgresDatabase) -> None:
    await database.open()
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await database._readers.execute("CREATE TABLE t (a bigint)")
    await database.close()


async def test_what_is_refused_is_named_without_quoting_it(database: PostgresDatabase) -> None:
    await database.open()
    await database.migrate([SCHEMA])
    secret = Thing("secret", 2**63)
    with pytest.raises(RowsRefused) as refused:
        await database.commit({THINGS: {("secret", 2**63): (secret.owner, secret.number, "secret", b"secret")}})
    assert "secret" not in str(refused.value)
    await database.commit({LINES: {(1,): (1, "secret")}})
    with pytest.raises(RowsRefused) as refused:
        await database.commit({LINES: {(1,): (1, "secret")}})
    assert "lines_pkey" in str(refused.value)
    assert "secret" not in str(refused.value)
    await database.close()


@pytest.mark.parametrize(
    "sql",
    [
        _prefetch_sql([(NAMES, 1, False), (THINGS, 2, False), (THINGS, 1, True)]),
        _commit_sql([(NAMES, False), (THINGS, True), (THINGS, False)]),
    ],
)
async def test_the_writer_s_plans_are_look_ups_in_indexes_whatever_the_tables_hold(
    database: PostgresDatabase, sql: str
) -> None:
    await database.open()
    await database.migrate([SCHEMA])
    await database._writer.execute(f"PREPARE statement AS {sql}")
    count = max(int(number) for number in range(1, 40) if f"${number}::" in sql)
    [plan] = await database._writer.fetchrow(f"EXPLAIN (FORMAT JSON) EXECUTE statement ({', '.join(['NULL'] * count)})")
    kinds = set(node_kinds(json.loads(plan)[0]["Plan"]))
    assert "Index Scan" in kinds or "Index Only Scan" in kinds
    assert not kinds & {"Seq Scan", "Hash Join", "Merge Join"}
    await database.close()


def node_kinds(plan: dict[str, object]) -> list[str]:
    """Every kind of node in a plan."""
    below = plan.get("Plans", [])
    assert isinstance(below, list)
    return [str(plan["Node Type"]), *(kind for child in below for kind in node_kinds(child))]
