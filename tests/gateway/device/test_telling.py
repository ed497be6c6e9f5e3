"""A handler and what the device notes go to disk together; a handler that fails stops nothing."""

from collections.abc import Sequence

from amanat.db.tx import Need, Tx
from amanat.gateway.device.credentials import Credentials
from amanat.gateway.device.ground import ground
from amanat.gateway.device.happenings import Happening, Sent
from amanat.gateway.device.tables import MEMBERS, WRITERS, MemberRow, WriterRow
from amanat.gateway.device.telling import Teller
from amanat.gateway.store.store import GatewayStore
from amanat.outbound.origin import Origin
from tests.store.schema import everything_in

SENT = Sent(room_id="!r", txn_id="t", event_id="$e")
OFFICE = Credentials(homeserver="http://x", user_id="@office:x", device_id="D", access_token="t")


class Handles:
    """Puts a row, and then perhaps fails."""

    def __init__(self, *, fails: bool = False) -> None:
        self.fails = fails

    async def needs(self, happening: Happening) -> Sequence[Need]:
        return [(MEMBERS, ("!r", "@a:x"))]

    def handle(self, happening: Happening, tx: Tx) -> None:
        assert tx.get(MEMBERS, "!r", "@a:x") is None
        tx.put(MEMBERS, MemberRow("!r", "@a:x", "join"))
        if self.fails:
            raise KeyError("what somebody said")


def teller(store: GatewayStore, handles: Handles) -> Teller:
    return Teller(ground(store, OFFICE, key=bytes(32), asks=Origin("http://x")), handles)


def note(tx: Tx) -> bool:
    tx.put(WRITERS, WriterRow("!r", "@a:x"))
    return True


async def test_both_are_written(gateway_store: GatewayStore) -> None:
    await teller(gateway_store, Handles()).tell(SENT, first=note)
    assert len(await everything_in(gateway_store, WRITERS)) == len(await everything_in(gateway_store, MEMBERS)) == 1


async def test_what_a_failing_handler_put_is_not(gateway_store: GatewayStore, capfd) -> None:
    await teller(gateway_store, Handles(fails=True)).tell(SENT, first=note)
    assert await everything_in(gateway_store, MEMBERS) == []
    assert len(await everything_in(gateway_store, WRITERS)) == 1
    logged = capfd.readouterr().out
    assert "handler_failed" in logged
    assert "somebody said" not in logged


async def test_it_is_not_told_what_is_not_new(gateway_store: GatewayStore) -> None:
    await teller(gateway_store, Handles(fails=True)).tell(SENT, first=lambda _: False)
    assert await everything_in(gateway_store, MEMBERS) == []
