"""Which apps somebody's devices signed in with, as the page of devices shows them."""

from collections.abc import Mapping

from amanat.product.accounts.oauth.clients import Clients
from amanat.product.accounts.oauth.known_apps import KnownApps
from amanat.product.accounts.pages.devices import App


class DeviceApps:
    """Tells the apps of devices, and which of them the operator knows."""

    def __init__(self, clients: Clients, *, known_apps: KnownApps) -> None:
        self._clients = clients
        self._known_apps = known_apps

    async def of(self, user_id: str) -> Mapping[str, App]:
        """Return the apps by the devices' ids."""
        return {
            device_id: App(name=client.name, host=client.metadata.host, is_known=self._known_apps.has(client))
            for device_id, client in (await self._clients.of_devices(user_id)).items()
        }
