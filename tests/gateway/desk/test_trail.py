"""What was done is read back, the latest first, a page at a time."""

from amanat.db.tx import Tx
from amanat.gateway.desk import trail
from amanat.gateway.desk.reading import MAX_POSITION
from amanat.gateway.desk.trail import PAGE
from amanat.gateway.store.store import GatewayStore


async def test_the_latest_stands_first_and_the_rest_follows(gateway_store: GatewayStore) -> None:
    def note(tx: Tx) -> None:
        for number in range(PAGE + 5):
            trail.note(tx, "@budi:localhost", what="opened", about=f"!{number}", now_ms=number)

    await gateway_store.write(note)
    first = await trail.before(gateway_store, MAX_POSITION)
    assert len(first) == PAGE
    assert (first[0].about, first[0].what, first[0].ts) == (f"!{PAGE + 4}", "opened", PAGE + 4)
    rest = await trail.before(gateway_store, first[-1].position)
    assert [row.about for row in rest] == ["!4", "!3", "!2", "!1", "!0"]
