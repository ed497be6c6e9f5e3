"""The pages of a person's phones and computers: which are signed in, and signing one out."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from urllib.parse import quote

from msgspec import Struct

from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.handlers.device_management import Device, Devices
from amanat.product.accounts.pages.visits import HOME, Visit, Visits, signed_in

PATH: Final = f"{HOME}devices"
ONE: Final = f"{PATH}/one"
DAY_MS: Final = 86_400_000


class App(Struct, frozen=True, kw_only=True):
    """The app that a device signed in with. Anybody can give any name to theirs; the host is where it is from."""

    name: str
    host: str
    is_known: bool


AppsOf = Callable[[str], Awaitable[Mapping[str, App]]]
"""Tells which app each of a person's devices signed in with, by the device's id, where that can be told."""

# Coarse: enough to know one's own, useless for following somebody around.
_SEEN: Final = (
    (1, "devices.today"),
    (2, "devices.yesterday"),
    (8, "devices.this_week"),
    (31, "devices.this_month"),
)


class Shown(Struct, frozen=True, kw_only=True):
    """A device as its owner sees it. `seen` is the key of a saying."""

    device_id: str
    name: str | None
    app: App | None
    seen: str
    path: str


class DevicesRoutes:
    """`/_amanat/account/devices`."""

    def __init__(self, visits: Visits, *, devices: Devices, now_ms: Callable[[], int]) -> None:
        """Whoever knows apps sets `apps_of`; until then no app is known."""
        self.visits = visits
        self.apps_of: AppsOf = _none_known
        self._devices = devices
        self._now_ms = now_ms

    @get(PATH, auth="none", limit="pages")
    @signed_in
    async def show(self, visit: Visit) -> Response:
        """List them, the one seen last first."""
        devices = sorted(await self._devices.list(visit.user_id), key=lambda device: -device.seen_ts)
        apps = await self.apps_of(visit.user_id)
        return visit.page("devices.html", devices=[self._shown(device, apps) for device in devices])

    @get(ONE, auth="none", limit="pages")
    @signed_in
    async def show_one(self, visit: Visit) -> Response:
        """Show one, and the way to sign it out."""
        device = await self._devices.get(visit.user_id, visit.request.query("device_id") or "")
        apps = await self.apps_of(visit.user_id)
        return visit.page("device.html", device=self._shown(device, apps))

    @post(ONE, auth="none", limit="pages")
    @signed_in
    async def sign_out(self, visit: Visit) -> Response:
        """Sign one out: it is refused from now on."""
        await self._devices.remove(visit.user_id, [visit.form.raw("device_id")])
        return visit.go(f"{PATH}?done=1")

    def _shown(self, device: Device, apps: Mapping[str, App]) -> Shown:
        days = (self._now_ms() - device.seen_ts) // DAY_MS
        return Shown(
            device_id=device.device_id,
            name=device.display_name,
            app=apps.get(device.device_id),
            seen=next((key for within, key in _SEEN if days < within), "devices.long_ago"),
            path=f"{ONE}?device_id={quote(device.device_id, safe='')}",
        )


async def _none_known(_user_id: str) -> Mapping[str, App]:
    return {}
