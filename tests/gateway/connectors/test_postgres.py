"""Another program's PostgreSQL is asked, and only read."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from amanat.gateway.connectors.postgres import PostgresSource
from amanat.gateway.connectors.settings import PostgresSettings
from amanat.gateway.connectors.source import NOT_FOUND, SourceFailed
from tests.gateway.connectors.calls import call

QUERY = "SELECT status, paid, since FROM applications WHERE number = :number::bigint AND since <= :day::date"
TABLES = """
CREATE TABLE applications (number bigint, status text, paid numeric, since date);
INSERT INTO applications VALUES (1, 'ready', 12.50, '2026-11-23'), (2, repeat('x', 9999), NULL, '2026-11-23');
CREATE FUNCTION spoil() RETURNS text LANGUAGE sql AS $$ DELETE FROM applications RETURNING 'gone' $$;
"""


@pytest.fixture
async def theirs(postgres_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(postgres_url)
    await connection.execute(TABLES)
    yield connection
    await connection.close()


async def test_the_first_row_is_the_answer_as_text(theirs: asyncpg.Connection, postgres_url: str) -> None:
    source = PostgresSource(PostgresSettings(url=postgres_url, query=QUERY))
    asked = await source.ask(call({"number": "1", "day": "2026-12-01"}, "status", "paid", "since"))
    assert asked.values == {"status": "ready", "paid": "12.50", "since": "2026-11-23"}
    asked = await source.ask(call({"number": "2", "day": "2026-12-01"}, "status", "paid"))
    assert (len(asked.values["status"]), asked.values["paid"]) == (500, "")
    assert await source.ask(call({"number": "1", "day": "2026-11-01"})) == NOT_FOUND


@pytest.mark.parametrize("said", ["1; DROP TABLE applications", "1 OR true", "satu", "\0"])
async def test_what_people_say_is_a_value_and_nothing_else(
    theirs: asyncpg.Connection, postgres_url: str, said: str
) -> None:
    source = PostgresSource(PostgresSettings(url=postgres_url, query=QUERY))
    with pytest.raises(SourceFailed) as failed:
        await source.ask(call({"number": said, "day": "2026-12-01"}))
    assert "applications" not in str(failed.value)
    assert await theirs.fetchval("SELECT count(*) FROM applications") == 2


@pytest.mark.parametrize(
    "query",
    [
        "SELECT spoil() AS status",
        "DELETE FROM applications RETURNING status",
        "SELECT 1 AS status) AS asked; DELETE FROM applications; SELECT (1",
        "SELECT pg_sleep(600)::text AS status",
        "SELECT 1 AS office",
    ],
    ids=["a function that writes", "no SELECT", "two of them", "one that takes long", "no such column"],
)
async def test_what_is_no_bounded_reading_is_an_error(
    theirs: asyncpg.Connection, postgres_url: str, query: str
) -> None:
    with pytest.raises((SourceFailed, TimeoutError)):
        await PostgresSource(PostgresSettings(url=postgres_url, query=query, deadline_s=0.2)).ask(call({}))
    assert await theirs.fetchval("SELECT count(*) FROM applications") == 2


async def test_a_database_that_is_away_or_silent_is_an_error() -> None:
    async def be_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(be_silent, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        silent = PostgresSettings(url=f"postgresql://a@127.0.0.1:{port}/a", query="SELECT 1", deadline_s=0.05)
        with pytest.raises((SourceFailed, TimeoutError)):
            await PostgresSource(silent).ask(call({}))
    with pytest.raises(SourceFailed):
        await PostgresSource(silent).ask(call({}))
