"""The store as a whole: what it opens, what it lets go of, what it remembers."""

import pytest

from amanat.db.database import Database, UnusableData
from amanat.db.migrations import SqlMigration, migrations_of
from amanat.db.tx import Tx
from amanat.db.unit_store import MetaRow
from amanat.store.store import Store
from amanat.store.streams import META, ROOM_STREAM


async def test_what_is_written_is_there_when_the_store_opens_again(database: Database) -> None:
    def run(tx: Tx) -> int:
        tx.put(META, MetaRow("name", "example.org"))
        return tx.next(ROOM_STREAM)

    for position in (1, 2):
        store = Store(database)
        await store.open()
        assert await store.write(run) == store.position(ROOM_STREAM) == position
        assert (await store.meta())["name"] == "example.org"
        await store.close()


async def test_data_of_a_newer_release_is_refused_and_let_go(database: Database) -> None:
    known = migrations_of("amanat.store")
    newer = SqlMigration(number=len(known) + 1, name="newer", phase="pre", sql="-- pre: newer\nCREATE TABLE n (a TEXT)")
    await database.open()
    await database.migrate([*known, newer])
    await database.close()
    for _ in range(2):
        with pytest.raises(UnusableData, match="newer release"):
            await Store(database).open()
