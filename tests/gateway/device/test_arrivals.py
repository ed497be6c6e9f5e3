"""What came is handled in one unit, and in no second one."""

from amanat.gateway.device.arrivals import need_of, take
from amanat.gateway.device.tables import INBOX, InboxRow
from amanat.gateway.store.store import GatewayStore
from tests.store.schema import everything_in


async def test_a_row_is_taken_once(gateway_store: GatewayStore) -> None:
    row = InboxRow(1, None, b"{}")
    await gateway_store.write(lambda tx: tx.put(INBOX, row))
    taken = [await gateway_store.write(lambda tx: take(tx, row), needs=[need_of(row)]) for _ in range(2)]
    assert taken == [True, False]
    assert await everything_in(gateway_store, INBOX) == []
