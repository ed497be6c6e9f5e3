"""A service's store: one service's data, and no server's."""

from pathlib import Path
from typing import get_args

import pytest

import amanat.gateway
from amanat.db.database import Database
from amanat.db.migrations import migrations_of
from amanat.db.sqlite import SqliteDatabase
from amanat.db.tx import Tx
from amanat.gateway.bots.counts import COUNTS, Counted
from amanat.gateway.store.stamp import ServiceStamp, WrongData
from amanat.gateway.store.store import GatewayStore
from amanat.gateway.store.tables import META
from amanat.store.stamp import Stamp, stamp
from amanat.store.stamp import WrongData as WrongServerData
from amanat.store.store import Store
from tests.gateway.conftest import OFFICE
from tests.store import conformance
from tests.store.schema import queries, tables

TABLES = tables(amanat.gateway)
QUERIES = queries(amanat.gateway)


async def test_each_table_has_the_columns_of_its_struct_in_order(gateway_store: GatewayStore) -> None:
    await conformance.check_columns(gateway_store, TABLES)


def empty(tx: Tx) -> None:
    for name in OFFICE.meta():
        tx.delete(META, name)
    for counted in get_args(Counted):
        tx.delete(COUNTS, counted)


async def test_each_table_takes_rows_gives_them_back_and_lets_them_go(gateway_store: GatewayStore) -> None:
    await gateway_store.write(empty)
    await conformance.check_rows(gateway_store, TABLES)


async def test_each_statement_runs_and_returns_the_columns_of_its_struct(gateway_store: GatewayStore) -> None:
    await conformance.check_statements(gateway_store, QUERIES)


async def test_answers_are_kept_until_any_table_they_are_from_changes(tmp_path: Path) -> None:
    store = GatewayStore(SqliteDatabase(tmp_path / "service.db"))
    await store.open(OFFICE)
    conformance.check_cached(store, QUERIES)
    await store.close()


def test_each_named_statement_is_used() -> None:
    (folder,) = amanat.gateway.__path__
    assert conformance.written_statements(Path(folder)) == set(QUERIES)


def test_each_migration_says_what_it_is_for() -> None:
    for migration in migrations_of("amanat.gateway.store"):
        assert len(migration.sql.splitlines()[0]) > len("-- post: "), migration.name


async def test_data_bears_the_name_of_its_service_from_the_first_start(database: Database) -> None:
    for created_ts in (1, 2):
        store = GatewayStore(database)
        await store.open(ServiceStamp(server_name="localhost", user_id="@office:localhost", created_ts=created_ts))
        assert await store.meta() == OFFICE.meta()
        await store.close()


async def test_another_service_s_data_is_refused_and_let_go(database: Database) -> None:
    store = GatewayStore(database)
    await store.open(OFFICE)
    await store.close()
    with pytest.raises(WrongData, match="of the service @office:localhost, not of @shop:localhost"):
        await GatewayStore(database).open(
            ServiceStamp(server_name="localhost", user_id="@shop:localhost", created_ts=1)
        )
    again = GatewayStore(database)
    await again.open(OFFICE)
    await again.close()


async def test_a_server_and_a_service_refuse_each_other_s_data(database: Database) -> None:
    service = GatewayStore(database)
    await service.open(OFFICE)
    await service.close()
    with pytest.raises(WrongServerData, match="made by `amanat gateway`"):
        await Store(database).open(admit=Stamp(server_name="localhost", mode="serve").check)


async def test_a_server_s_data_is_not_opened(store: Store) -> None:
    await stamp(store, Stamp(server_name="localhost", mode="serve"), now_ms=1, mint_epoch=lambda: "epoch")
    await store.close()
    with pytest.raises(WrongData, match="a server's"):
        await GatewayStore(store.database).open(OFFICE)
    await store.open()
