"""Another program's SQLite file is asked, and only read."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from amanat.gateway.connectors.settings import SqliteSettings
from amanat.gateway.connectors.source import NOT_FOUND, SourceFailed
from amanat.gateway.connectors.sqlite import SqliteSource
from tests.gateway.connectors.calls import call

QUERY = "SELECT status, paid, note FROM applications WHERE number = :number ORDER BY number"
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) AS status FROM n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "a folder?" / "their.db"
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE applications (number TEXT, status TEXT, paid REAL, note BLOB)")
        connection.execute(
            "INSERT INTO applications VALUES ('1', 'ready', 12.5, NULL), ('2', ?, 1, x'ff')", ["x" * 9999]
        )
        connection.commit()
    return file


async def test_the_first_row_is_the_answer_as_text(file: Path) -> None:
    source = SqliteSource(SqliteSettings(file=str(file), query=QUERY))
    asked = await source.ask(call({"number": "1"}, "status", "paid", "note"))
    assert asked.values == {"status": "ready", "paid": "12.5", "note": ""}
    assert len((await source.ask(call({"number": "2"}, "status"))).values["status"]) == 500


@pytest.mark.parametrize("said", ["3", "1' OR '1'='1", "", "'; DROP TABLE applications; --"])
async def test_what_people_say_is_a_value_and_nothing_else(file: Path, said: str) -> None:
    source = SqliteSource(SqliteSettings(file=str(file), query=QUERY))
    assert await source.ask(call({"number": said})) == NOT_FOUND


@pytest.mark.parametrize(
    "query",
    [
        "SELECT office FROM applications",
        "DELETE FROM applications RETURNING status",
        "SELECT 1 AS status) AS asked; DELETE FROM applications; SELECT (1",
        "SELECT load_extension('x') AS status",
        ENDLESS,
        "SELECT replace(hex(zeroblob(900000)), '00', 'xxxxxxxx') AS status",
    ],
    ids=["no such column", "no SELECT", "two of them", "an extension", "endless", "too large"],
)
async def test_what_is_no_bounded_reading_is_an_error(file: Path, query: str) -> None:
    with pytest.raises(SourceFailed):
        await SqliteSource(SqliteSettings(file=str(file), query=query, deadline_s=0.1)).ask(call({}))
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM applications").fetchone() == (2,)


async def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    missing = tmp_path / "missing.db"
    with pytest.raises(SourceFailed):
        await SqliteSource(SqliteSettings(file=str(missing), query=QUERY)).ask(call({"number": "1"}))
    assert not missing.exists()
