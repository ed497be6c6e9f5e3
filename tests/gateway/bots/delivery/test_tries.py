"""What came of each try, as it stands by now."""

from amanat.db.tx import Tx
from amanat.gateway.bots.delivery.deliveries import GIVEN_UP
from amanat.gateway.bots.delivery.tries import Tries
from amanat.gateway.bots.tables import DELIVERIES, UPDATES, DeliveryRow, UpdateRow
from amanat.gateway.store.store import GatewayStore

TRIED = ((1, 503, "x"), (1, 200, ""), (2, 0, "x"), (3, 404, "x"), (4, 500, "x"), (4, 0, GIVEN_UP))


async def test_each_try_says_how_it_stands_by_now(gateway_store: GatewayStore) -> None:
    looked: list[int] = []
    tries = Tries(gateway_store, now_ms=lambda: 7, look=lambda: looked.append(1))

    def put(tx: Tx) -> None:
        for position, (update, status, answer) in enumerate(TRIED, 1):
            tx.put(DELIVERIES, DeliveryRow(position, update, 5, "message", b"{}", 1, 2, status, answer))
        tx.put(UPDATES, UpdateRow(2, 5, "message", b"{}", 1, 1, 9))

    await gateway_store.write(put)
    told = {each.position: each.state for each in await tries.last()}
    assert told == {1: "retried", 2: "delivered", 3: "waits", 4: "gone", 5: "given_up", 6: "given_up"}
    assert not await tries.replay(9)
    assert await tries.one(9) is None
    assert await tries.replay(4)
    assert looked == [1]
