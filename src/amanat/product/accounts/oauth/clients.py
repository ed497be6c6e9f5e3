"""Apps register themselves. Spec: client-server-api#dynamic-client-registration-flow."""

from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace
from prometheus_client import Counter

from amanat.core.errors import LimitExceeded
from amanat.db.tx import Need, Tx
from amanat.edge.rate_limit import RateLimiter
from amanat.product.accounts.oauth.client_metadata import ClientMetadata, read, stored_metadata
from amanat.product.accounts.oauth.errors import InvalidClient
from amanat.product.accounts.oauth.tables import APPS_OF, CLIENT, CLIENT_COUNT, CLIENTS, UNUSED_CLIENTS, ClientRow
from amanat.store.store import Store

MAX_CLIENTS: Final = 10_000
"""At some 500 bytes. Every copy of an app is the same one, so a town needs a few dozen."""
UNUSED_MS: Final = 86_400_000
"""An app registers at the start of each sign-in, so one that nobody uses is soon back when it is missed."""
HOUR_MS: Final = 3_600_000
SWEPT_PER_UNIT: Final = 100
REGISTERED = Counter("amanat_product_oauth_clients_total", "Apps that have registered and were not known before.")


class Client(Struct, frozen=True, kw_only=True):
    """A registered app."""

    client_id: str
    metadata: ClientMetadata

    @property
    def name(self) -> str:
        """What it calls itself, or where it is from."""
        return self.metadata.client_name or self.metadata.host


class Clients:
    """Registers apps, finds them, and forgets those that nobody uses."""

    def __init__(
        self, store: Store, *, now_ms: Callable[[], int], limiter: RateLimiter | None, loopback_apps: bool
    ) -> None:
        """Let `limiter` have the class `new_client`. `loopback_apps` may be served by this machine without https."""
        self._store = store
        self._now_ms = now_ms
        self._limiter = limiter
        self._loopback_apps = loopback_apps

    async def register(self, body: Any, *, address_block: str) -> Client:
        """Register an app; the same metadata gives the same app."""
        metadata = read(body, loopback_apps=self._loopback_apps)
        client = Client(client_id=metadata.client_id, metadata=metadata)
        if await self._store.first(CLIENT, client_id=client.client_id) is None:
            if self._limiter is not None:
                self._limiter.check_address("new_client", address_block)
            await self._make_room()
            REGISTERED.inc()
        now = self._now_ms()

        def run(tx: Tx) -> None:
            held = tx.get(CLIENTS, client.client_id)
            if held is None or held.used_ts + HOUR_MS < now:
                since = now if held is None else held.registered_ts
                tx.put(CLIENTS, ClientRow(client.client_id, metadata.stored(), since, now))

        await self._store.write(run, needs=self.needs(client.client_id))
        return client

    async def _make_room(self) -> None:
        """Let an app go that nobody is signed in with, if there are too many."""
        count = await self._store.first(CLIENT_COUNT)
        if count is None or count.number < MAX_CLIENTS:
            return
        unused = await self._store.first(UNUSED_CLIENTS, before=self._now_ms(), max_rows=1)
        if unused is None:
            raise LimitExceeded("Too many apps are registered here.", retry_after_ms=HOUR_MS)
        await self._store.write(lambda tx: tx.delete(CLIENTS, unused.client_id))

    async def get(self, client_id: str | None) -> Client:
        """Return an app; raises InvalidClient."""
        row = None if client_id is None else await self._store.first(CLIENT, client_id=client_id)
        if row is None:
            raise InvalidClient
        return _client(row.client_id, row.metadata)

    # Inside the caller's unit of work

    def needs(self, client_id: str) -> list[Need]:
        """Return what `use` reads."""
        return [(CLIENTS, (client_id,))]

    def use(self, tx: Tx, client_id: str) -> None:
        """Note that somebody signs in with an app; raises InvalidClient if it has been forgotten meanwhile."""
        row = tx.get(CLIENTS, client_id)
        if row is None:
            raise InvalidClient
        if row.used_ts + HOUR_MS < self._now_ms():
            tx.put(CLIENTS, replace(row, used_ts=self._now_ms()))

    async def sweep(self) -> None:
        """Forget apps that nobody is signed in with and nobody has used for a while."""
        before = self._now_ms() - UNUSED_MS
        while unused := await self._store.all(UNUSED_CLIENTS, before=before, max_rows=SWEPT_PER_UNIT):

            def run(tx: Tx, rows: list[ClientRow] = unused) -> None:
                for row in rows:
                    held = tx.get(CLIENTS, row.client_id)
                    if held is not None and held.used_ts <= before:
                        tx.delete(CLIENTS, row.client_id)

            await self._store.write(run, needs=[(CLIENTS, (row.client_id,)) for row in unused])

    async def of_devices(self, user_id: str) -> dict[str, Client]:
        """Return the apps that somebody's devices signed in with, by the device's id."""
        rows = await self._store.all(APPS_OF, user_id=user_id)
        return {row.device_id: _client(row.client_id, row.metadata) for row in rows}


def _client(client_id: str, metadata: bytes) -> Client:
    return Client(client_id=client_id, metadata=stored_metadata(metadata))
