"""A look is noted once an hour."""

from amanat.gateway.desk import trail
from amanat.gateway.desk.looks import OPENED_MS, Looks
from amanat.gateway.desk.reading import MAX_POSITION
from amanat.gateway.store.store import GatewayStore


async def test_looks_are_noted_once_an_hour_each(gateway_store: GatewayStore) -> None:
    now_ms = 10 * OPENED_MS
    looks = Looks(gateway_store, now_ms=lambda: now_ms)
    for about in ("1", "1", "2"):
        await looks.note("@budi:localhost", "delivery_opened", about=about)
    now_ms += OPENED_MS
    await looks.note("@budi:localhost", "delivery_opened", about="1")
    assert [row.about for row in await trail.before(gateway_store, MAX_POSITION)] == ["1", "2", "1"]
