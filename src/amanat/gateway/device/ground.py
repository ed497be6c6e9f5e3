"""What every part of a device stands on: the store, the server, the key that seals, a clock and chance."""

import secrets
import time
from collections.abc import Callable

from msgspec import Struct

from amanat.gateway.device.credentials import Credentials
from amanat.gateway.device.pickles import Pickles
from amanat.gateway.device.server_api import Asks, ServerApi
from amanat.gateway.store.store import GatewayStore


def wall_clock_ms() -> int:
    """Return the time."""
    return time.time_ns() // 1_000_000


def random_id() -> str:
    """Return an id that nobody has used."""
    return secrets.token_urlsafe(12)


class Ground(Struct, frozen=True, kw_only=True):
    """One device's."""

    store: GatewayStore
    credentials: Credentials
    api: ServerApi
    pickles: Pickles
    now_ms: Callable[[], int] = wall_clock_ms
    mint: Callable[[], str] = random_id


def ground(store: GatewayStore, credentials: Credentials, *, key: bytes, asks: Asks) -> Ground:
    """Return what a device stands on; `key` is the folder's, `asks` reaches the server (an `Origin`)."""
    return Ground(store=store, credentials=credentials, api=ServerApi(credentials, asks=asks), pickles=Pickles(key))
