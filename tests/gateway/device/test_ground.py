"""What a device stands on shows neither its token nor its key."""

from amanat.db.sqlite import SqliteDatabase
from amanat.gateway.device.credentials import Credentials
from amanat.gateway.device.ground import ground, random_id, wall_clock_ms
from amanat.gateway.store.store import GatewayStore
from amanat.outbound.origin import Origin


def test_nothing_secret_is_shown(tmp_path) -> None:
    credentials = Credentials(homeserver="http://x", user_id="@o:x", device_id="D", access_token="secret")
    store = GatewayStore(SqliteDatabase(tmp_path / "gateway.db"))
    shown = repr(ground(store, credentials, key=b"k" * 32, asks=Origin("http://x")))
    assert "secret" not in shown
    assert "kkkk" not in shown


def test_ids_and_times_go_on() -> None:
    assert random_id() != random_id()
    assert wall_clock_ms() > 1_700_000_000_000
