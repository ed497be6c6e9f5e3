"""Which apps somebody's devices signed in with, as the page of devices and the app show them."""

from collections.abc import Mapping

from msgspec import Struct

from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get
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


class AppOfDevice(Struct, frozen=True, kw_only=True):
    """A device's app: the name that it gives itself, where it is from, and whether the operator knows it."""

    device_id: str
    name: str
    host: str
    is_known: bool


class OwnDeviceApps(Struct, frozen=True):
    """The apps of one's devices. A device that signed in without these pages is not among them."""

    apps: list[AppOfDevice]


class DeviceAppsRoutes:
    """`/_amanat/v1/devices/apps`."""

    def __init__(self, device_apps: DeviceApps) -> None:
        self._device_apps = device_apps

    @get("/_amanat/v1/devices/apps")
    async def list(self, _request: Request, requester: Requester) -> OwnDeviceApps:
        """List the apps of one's devices."""
        apps = await self._device_apps.of(requester.user_id)
        return OwnDeviceApps(
            [
                AppOfDevice(device_id=device_id, name=app.name, host=app.host, is_known=app.is_known)
                for device_id, app in apps.items()
            ]
        )
