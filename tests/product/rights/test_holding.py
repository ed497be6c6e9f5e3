"""Rows about a person are found page by page, whatever their key begins with."""

from amanat.db.tx import Tx
from amanat.product.rights import holding as module
from amanat.product.rights.holding import Holding, pages
from amanat.store.account_data import ACCOUNT_DATA, AccountDataRow
from amanat.store.receipts import RECEIPTS
from amanat.store.store import Store
from tests.server import Server

SETTINGS = Holding(table=ACCOUNT_DATA, en="Settings", id="Pengaturan")


async def _found(store: Store, holding: Holding, user_id: str) -> list[list[object]]:
    return [list(rows) async for rows in pages(store, holding, user_id=user_id)]


async def test_every_row_comes_once(store: Store) -> None:
    rows = [AccountDataRow("@ani:x", room, f"t{n}", b"{}", 1) for room in ("", "!r") for n in range(60)]
    other = AccountDataRow("@budi:x", "", "t", b"{}", 1)

    def run(tx: Tx) -> None:
        for row in [*rows, other]:
            tx.put(ACCOUNT_DATA, row)

    await store.write(run)
    found = await _found(store, SETTINGS, "@ani:x")
    assert [len(page) for page in found] == [module.PER_PAGE, 20]
    assert {row for page in found for row in page} == set(rows)
    assert await _found(store, SETTINGS, "@citra:x") == []


async def test_what_is_keyed_by_room_is_found_in_the_person_s_rooms(amanat: Server) -> None:
    ani = await amanat.user("ani")
    rooms = {await ani.create_room() for _ in range(3)}
    receipts = Holding(table=RECEIPTS, en="Read", id="Dibaca", by_room=True)
    found = await _found(amanat.amanat.store, receipts, ani.user_id)
    assert {row.room_id for page in found for row in page} == rooms  # type: ignore[attr-defined]  # rows of receipts


def test_a_file_is_called_by_its_table_and_whose_rows_they_are() -> None:
    assert SETTINGS.name == "account_data"
    assert Holding(table=ACCOUNT_DATA, whose="room_id", en="", id="").name == "account_data.room_id"
