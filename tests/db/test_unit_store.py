"""A store says what its data says of itself, and tells when its database is back."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from amanat.core.errors import InternalError
from amanat.db.database import DataInUse
from amanat.db.query import QueryFile
from amanat.db.sqlite import SqliteDatabase
from amanat.db.tx import Tx
from amanat.db.unit_store import MetaRow, UnitStore
from amanat.store.streams import META, ROOM_STREAM, SCHEMA
from tests.db.doubtful import Doubtful

KEPT = QueryFile("amanat.store", "streams").query("all_meta", MetaRow, cached_on=[META])


@pytest.fixture
def database(tmp_path: Path) -> Doubtful:
    return Doubtful(SqliteDatabase(tmp_path / "units.db"))


@pytest.fixture
async def store(database: Doubtful) -> AsyncIterator[UnitStore]:
    store = UnitStore(database, SCHEMA)
    await store._open(admit=lambda _: None)
    yield store
    await store.close()


async def test_who_is_woken_by_commits_is_told_when_one_of_them_is_in_doubt(
    store: UnitStore, database: Doubtful
) -> None:
    told: list[str] = []
    store.recovered.append(lambda: told.append("recovered"))

    def put(tx: Tx) -> None:
        tx.put(META, MetaRow("name", "value"))
        tx.after_commit(lambda: told.append("committed"))

    database.lose_answer(lambda table, _: table is META)
    with pytest.raises(InternalError):
        await store.write(put)
    await store.write(lambda tx: tx.next(ROOM_STREAM))
    assert told == ["recovered"]
    assert await store.meta() == {"name": "value"}
    assert store.position(ROOM_STREAM) == 1


async def test_what_is_kept_of_a_query_follows_what_is_committed(store: UnitStore, database: Doubtful) -> None:
    async def names() -> list[str]:
        return [row.name for row in await store.all(KEPT)]

    assert await names() == []
    await store.write(lambda tx: tx.put(META, MetaRow("a", "1")))
    assert await names() == ["a"]
    database.lose_answer(lambda table, _: table is META)
    with pytest.raises(InternalError):
        await store.write(lambda tx: tx.put(META, MetaRow("b", "2")))
    await store.write(lambda tx: tx.next(ROOM_STREAM))
    assert await names() == ["a", "b"], "it had reached the disk"


async def test_a_store_that_gathers_commits_what_comes_meanwhile_together(store: UnitStore) -> None:
    commits: list[int] = []
    store._writer.committed = lambda writes: commits.append(len(writes[META]))
    store.gather(0.05)
    first = asyncio.ensure_future(store.write(lambda tx: tx.put(META, MetaRow("a", "1"))))
    for _ in range(5):  # past the one turn of the loop that any batch waits
        await asyncio.sleep(0)
    await asyncio.gather(first, store.write(lambda tx: tx.put(META, MetaRow("b", "2"))))
    assert commits == [2]


class Refused(Exception):
    pass


async def test_data_that_is_not_admitted_is_let_go_as_it_is(store: UnitStore, tmp_path: Path) -> None:
    await store.write(lambda tx: tx.put(META, MetaRow("name", "another's")))
    await store.close()

    def admit(meta: Mapping[str, str]) -> None:
        assert meta == {"name": "another's"}
        raise Refused

    for _ in range(2):
        with pytest.raises(Refused):
            await UnitStore(SqliteDatabase(tmp_path / "units.db"), SCHEMA)._open(admit=admit)


async def test_data_has_one_writer(store: UnitStore, tmp_path: Path) -> None:
    with pytest.raises(DataInUse):
        await UnitStore(SqliteDatabase(tmp_path / "units.db"), SCHEMA)._open(admit=lambda _: None)
    await store.write(lambda tx: tx.put(META, MetaRow("name", "value")))
