"""What is not needed any more goes, whole, and nothing else with it."""

from typing import Any

from msgspec import Struct

from amanat.db.table import Table
from amanat.db.tx import Tx
from amanat.gateway.device.credentials import Credentials
from amanat.gateway.device.forgetting import AT_ONCE, KEPT_MS, LEFT_KEPT_MS, WAITING_MS, Forgetting
from amanat.gateway.device.ground import Ground, ground
from amanat.gateway.device.tables import (
    MEMBERS,
    OPENED_MESSAGES,
    ROOM_KEYS,
    ROOMS,
    WAITING_EVENTS,
    MemberRow,
    OpenedMessageRow,
    RoomKeyRow,
    RoomRow,
    WaitingEventRow,
)
from amanat.gateway.store.store import GatewayStore
from amanat.outbound.origin import Origin
from tests.store.schema import everything_in

NOW = 10 * KEPT_MS
OFFICE = Credentials(homeserver="http://x", user_id="@office:x", device_id="D", access_token="t")


def forgetting(store: GatewayStore) -> Forgetting:
    on = ground(store, OFFICE, key=bytes(32), asks=Origin("http://x"))
    return Forgetting(Ground(store=store, credentials=OFFICE, api=on.api, pickles=on.pickles, now_ms=lambda: NOW))


async def put(store: GatewayStore, *rows: tuple[Table[Any], Struct]) -> None:
    def run(tx: Tx) -> None:
        for table, row in rows:
            tx.put(table, row)

    await store.write(run)


def key(room_id: str, received_ts: int) -> RoomKeyRow:
    return RoomKeyRow(room_id, "s", "@a:x", "k", "e", 0, "p", received_ts)


async def test_a_room_that_was_left_goes_with_all_that_belongs_to_it(gateway_store: GatewayStore) -> None:
    for room_id, membership in ("!left", "leave"), ("!kept", "join"):
        await put(gateway_store, (ROOMS, RoomRow(room_id, membership)))
        members = [(MEMBERS, MemberRow(room_id, f"@{number}:x", "join")) for number in range(AT_ONCE + 1)]
        await put(gateway_store, *members)
    await forgetting(gateway_store).work()
    tables: list[Table[Any]] = [ROOMS, MEMBERS]
    for table in tables:
        assert {row.room_id for row in await everything_in(gateway_store, table)} == {"!kept"}
    assert len(await everything_in(gateway_store, MEMBERS)) == AT_ONCE + 1


async def test_keys_of_a_room_that_was_left_go_once_nobody_writes_with_them(gateway_store: GatewayStore) -> None:
    await put(gateway_store, (ROOMS, RoomRow("!here", "join")), (ROOMS, RoomRow("!left", "leave")))
    for room_id, age_ms in ("!here", LEFT_KEPT_MS + 1), ("!left", LEFT_KEPT_MS), ("!gone", LEFT_KEPT_MS + 1):
        await put(gateway_store, (ROOM_KEYS, key(room_id, NOW - age_ms)))
        await put(gateway_store, (OPENED_MESSAGES, OpenedMessageRow(room_id, "s", 0, "$e", 1)))
    await forgetting(gateway_store).work()
    tables: list[Table[Any]] = [ROOM_KEYS, OPENED_MESSAGES]
    for table in tables:
        assert {row.room_id for row in await everything_in(gateway_store, table)} == {"!here", "!left"}


async def test_old_keys_go_with_what_they_opened(gateway_store: GatewayStore) -> None:
    for room_id, age_ms in ("!old", KEPT_MS + 1), ("!new", KEPT_MS):
        await put(gateway_store, (ROOMS, RoomRow(room_id, "join")), (ROOM_KEYS, key(room_id, NOW - age_ms)))
        opened = [(OPENED_MESSAGES, OpenedMessageRow(room_id, "s", index, "$e", 1)) for index in range(AT_ONCE + 1)]
        await put(gateway_store, *opened)
    await forgetting(gateway_store).work()
    tables: list[Table[Any]] = [ROOM_KEYS, OPENED_MESSAGES]
    for table in tables:
        assert {row.room_id for row in await everything_in(gateway_store, table)} == {"!new"}


async def test_unread_events_do_not_wait_for_ever(gateway_store: GatewayStore) -> None:
    for event_id, age_ms, told in ("$old", WAITING_MS + 1, 1), ("$new", WAITING_MS, 1), ("$untold", 2 * WAITING_MS, 0):
        row = WaitingEventRow("!r", "s", event_id, b"{}", NOW - age_ms, told)
        await put(gateway_store, (WAITING_EVENTS, row))
    await forgetting(gateway_store).work()
    assert {row.event_id for row in await everything_in(gateway_store, WAITING_EVENTS)} == {"$new", "$untold"}
