"""What SQLite alone does: files, the log, the copy of a running database."""

import asyncio
import sqlite3
import stat
from pathlib import Path

import pytest

from amanat.core.errors import InternalError
from amanat.db.database import RowsRefused
from amanat.db.sqlite import READ_TOGETHER, WAL_PAGES, SqliteDatabase
from amanat.db.tx import Tx
from tests.db.engine import NAMES, SCHEMA, THINGS, Engine, Thing


async def test_the_files_are_their_owner_s_alone(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "data" / "amanat.db")
    await database.open()
    await database.migrate([SCHEMA])
    assert stat.S_IMODE(database.path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in database.path.parent.iterdir()} == {0o600}
    await database.close()
    assert sorted(file.name for file in database.path.parent.iterdir()) == ["amanat.db", "lock"]


@pytest.mark.parametrize("pages", [WAL_PAGES, 500])
async def test_every_commit_is_synced_and_the_log_is_bounded(tmp_path: Path, pages: int) -> None:
    database = SqliteDatabase(tmp_path / "amanat.db", wal_pages=pages)
    await database.open()
    settings = {
        name: database._writer.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "wal_autocheckpoint")
    }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "wal_autocheckpoint": pages}
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database._reader.execute("CREATE TABLE t (a)")
    await database.close()


async def test_a_file_that_is_no_database_is_refused_and_let_go(tmp_path: Path) -> None:
    path = tmp_path / "amanat.db"
    path.write_bytes(b"not a database" * 100)
    for _ in range(2):
        with pytest.raises(sqlite3.DatabaseError):
            await SqliteDatabase(path).open()


async def test_a_copy_of_a_running_database_is_whole(tmp_path: Path, sqlite_engine: Engine) -> None:
    await sqlite_engine.put(Thing("ani", 1))
    database = sqlite_engine.database.inner
    assert isinstance(database, SqliteDatabase)
    database.backup_to(tmp_path / "copy.db")
    await sqlite_engine.put(Thing("ani", 2))
    copy = sqlite3.connect(tmp_path / "copy.db")
    assert copy.execute("SELECT owner, number FROM things").fetchall() == [("ani", 1)]
    copy.close()


async def test_by_itself_it_reads_what_no_unit_declared(tmp_path: Path) -> None:
    engine = Engine(SqliteDatabase(tmp_path / "amanat.db"))
    await engine.open()
    await engine.put(Thing("ani", 1, "U+0000: \0"))
    assert await engine.write(lambda tx: tx.get(THINGS, "ani", 1)) == Thing("ani", 1, "U+0000: \0")
    assert await engine.write(lambda tx: len(list(tx.scan(THINGS)))) == 1
    await engine.close()


@pytest.mark.parametrize("count", [1, 2, READ_TOGETHER, READ_TOGETHER + 1, 3 * READ_TOGETHER + 2])
async def test_by_itself_it_reads_together_what_a_batch_declares(tmp_path: Path, count: int) -> None:
    engine = Engine(SqliteDatabase(tmp_path / "amanat.db"))
    await engine.open()
    await engine.put(*(Thing("ani", number, str(number)) for number in range(0, count, 2)))
    needs = [(THINGS, ("ani", number)) for number in range(count)]
    found = await engine.write(lambda tx: [tx.get(THINGS, "ani", number) for number in range(count)], [*needs, *needs])
    assert found == [None if number % 2 else Thing("ani", number, str(number)) for number in range(count)]
    await engine.close()


async def test_by_itself_it_refuses_a_key_that_no_row_can_have_to_the_unit_that_declared_it(tmp_path: Path) -> None:
    engine = Engine(SqliteDatabase(tmp_path / "amanat.db"))
    await engine.open()
    names = ("ani", "half a pair: \ud800", "bo")
    units = [engine.write(lambda tx: tx.get(NAMES, "ani"), [(NAMES, (name,))]) for name in names]
    answers = await asyncio.gather(*units, return_exceptions=True)
    assert [type(answer) for answer in answers] == [type(None), InternalError, type(None)]
    await engine.close()


async def test_a_value_of_the_wrong_type_is_refused(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "amanat.db")
    await database.open()
    await database.migrate([SCHEMA])
    for table, row in ((THINGS, ("ani", "text", None, None)), (THINGS, ("ani", 1, "a", "text")), (NAMES, (None,))):
        await database.prefetch([])
        with pytest.raises(RowsRefused):
            await database.commit({table: {row[: table.key_size]: row}})
        await database.recover()
    await database.prefetch([])
    await database.commit({NAMES: {("ani",): ("ani",)}})
    assert database.get(NAMES, ("ani",)) == ("ani",)
    await database.close()


async def test_what_was_deleted_is_in_no_byte_of_its_files(tmp_path: Path, sqlite_engine: Engine) -> None:
    """Not where rows were moved from as the tree grew, nor in the log, nor while others write."""
    names = [f"deleted-{number:04}-{'x' * 40}" for number in range(300)]
    for at, name in enumerate(names):
        await sqlite_engine.put(Thing(name, at), Thing(f"kept-{at % 7}-{at}", at))

    def delete(tx: Tx) -> None:
        for at, name in enumerate(names):
            tx.delete(THINGS, name, at)

    await sqlite_engine.write(delete)
    database = sqlite_engine.database.inner
    assert isinstance(database, SqliteDatabase)
    writing = [sqlite_engine.put(Thing(f"meanwhile-{number}", number)) for number in range(50)]
    await asyncio.gather(database.forget_deleted(), *writing)
    files = list(database.path.parent.glob("*.db*"))
    assert len(files) >= 2
    assert [file.name for file in files if b"deleted-" in file.read_bytes()] == []
