"""The list of what is held about people is complete: a table that somebody adds stands in it, or says why not."""

from amanat.product.holdings import HOLDINGS, NOT_PERSONAL
from amanat.product.rights.holding import page_query
from amanat.store.store import Store
from tests.store.schema import columns

PEOPLE = {"user_id", "sender", "creator", "reporter", "signer_user", "target_user", "owner", "subject"}
"""How columns are called that name people."""


async def test_each_table_is_held_of_people_or_says_why_not(store: Store) -> None:
    held, excused = {holding.table.name for holding in HOLDINGS}, set(NOT_PERSONAL)
    assert held & excused == set()
    assert set(await columns(store.database)) - {"migrations"} == held | excused


async def test_each_column_that_names_people_is_looked_up_or_excused(store: Store) -> None:
    looked_up = {(holding.table.name, holding.whose) for holding in HOLDINGS}
    naming = {
        (table, column.name)
        for table, described in (await columns(store.database)).items()
        for column in described
        if column.name in PEOPLE and table not in NOT_PERSONAL
    }
    # Who sent a member event is told by the event; a report about somebody is its reporter's.
    assert naming - looked_up == {("members", "sender"), ("reports", "user_id")}


async def test_each_is_read_on_both_databases(store: Store) -> None:
    zeros: dict[str, str | int | bytes] = {"text": "", "integer": 0, "bytes": b""}
    for holding in HOLDINGS:
        of: dict[str, str] = {"whose": "@ani:localhost"} | ({"room": "!r"} if holding.by_room else {})
        kinds = holding.table.kinds[: holding.table.key_size]
        after = {f"after_{letter}": zeros[kind] for letter, kind in zip("abcdefgh", kinds, strict=False)}
        assert await store.all(page_query(holding, is_first=True), max_rows=1, **of) == []
        assert await store.all(page_query(holding, is_first=False), max_rows=1, **of, **after) == []


def test_what_is_secret_and_why_something_stays_is_said() -> None:
    for holding in HOLDINGS:
        assert holding.secret <= set(holding.table.columns)
        assert holding.whose in holding.table.columns
        assert holding.stays is None or holding.stays.endswith(".")
    hashes = {
        (holding.table.name, column)
        for holding in HOLDINGS
        for column in holding.table.columns
        if "hash" in column or "sealed" in column
    }
    assert {(name, column) for name, column in hashes if not _is_secret(name, column)} == set()


def _is_secret(table: str, column: str) -> bool:
    return all(column in holding.secret for holding in HOLDINGS if holding.table.name == table)
