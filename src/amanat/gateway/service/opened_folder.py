"""A folder of a gateway, opened: its data, and what its device stands on."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from amanat.db.database import Database
from amanat.gateway.device import credentials
from amanat.gateway.device.ground import Ground, ground, wall_clock_ms
from amanat.gateway.device.server_api import Asks
from amanat.gateway.store.data_folder import ServiceFolder
from amanat.gateway.store.stamp import NoService
from amanat.gateway.store.store import GatewayStore

CREDENTIALS: Final = "credentials.json"


@asynccontextmanager
async def opening(
    folder: Path,
    *,
    asks: Asks,
    database: Database | None = None,
    now_ms: Callable[[], int] = wall_clock_ms,
) -> AsyncIterator[tuple[Ground, bytes]]:
    """Open a folder's data, for what is set up on it here; where that fails, it is closed, and else stays open.

    Gives the ground and the folder's key. Raises `NoService`, `WrongData`, `DataInUse` and `BadCredentials`.
    """
    kept, held = ServiceFolder(folder), credentials.read(folder / CREDENTIALS)
    stamp, key = kept.stamp(), kept.key()
    if stamp is None:
        raise NoService(folder)
    store = GatewayStore(database or kept.database())
    await store.open(stamp)
    try:
        yield replace(ground(store, held, key=key, asks=asks), now_ms=now_ms), key
    except BaseException:
        await store.close()
        raise
