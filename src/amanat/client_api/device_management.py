"""The list of a person's devices. Spec: client-server-api#device-management."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import delete, get, post, put
from amanat.handlers.device_management import Device, Devices
from amanat.handlers.interactive_auth import InteractiveAuth


class _Rename(Struct, frozen=True, kw_only=True):
    display_name: str | None = None


class _Delete(Struct, frozen=True, kw_only=True):
    auth: dict[str, Any] | None = None


class _DeleteSome(_Delete, frozen=True, kw_only=True):
    devices: list[str]


class DeviceManagementRoutes:
    """`/devices` and `/delete_devices`."""

    def __init__(self, devices: Devices, *, interactive_auth: InteractiveAuth) -> None:
        self._devices = devices
        self._interactive_auth = interactive_auth

    @get("/_matrix/client/v3/devices", spec="getDevices")
    async def list(self, _request: Request, requester: Requester) -> dict[str, Any]:
        """List one's devices."""
        return {"devices": [_body(device) for device in await self._devices.list(requester.user_id)]}

    @get("/_matrix/client/v3/devices/{deviceId}", spec="getDevice")
    async def get(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Describe one device."""
        return _body(await self._devices.get(requester.user_id, request.params["deviceId"]))

    @put("/_matrix/client/v3/devices/{deviceId}", spec="updateDevice")
    async def rename(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Give a device another name."""
        body = await request.struct(_Rename)
        await self._devices.rename(requester, request.params["deviceId"], display_name=body.display_name)
        return {}

    @delete("/_matrix/client/v3/devices/{deviceId}", spec="deleteDevice")
    async def delete(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Take one device away."""
        body = await request.struct(_Delete, optional=True)
        return await self._remove(requester, [request.params["deviceId"]], body.auth)

    @post("/_matrix/client/v3/delete_devices", spec="deleteDevices")
    async def delete_some(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Take several devices away."""
        body = await request.struct(_DeleteSome)
        return await self._remove(requester, body.devices, body.auth)

    async def _remove(
        self, requester: Requester, device_ids: Sequence[str], auth: dict[str, Any] | None
    ) -> dict[str, Any]:
        operation = "\n".join(["delete devices", *sorted(device_ids)])
        await self._interactive_auth.require(requester, auth, operation=operation)
        await self._devices.remove(requester.user_id, device_ids)
        return {}


def _body(device: Device) -> dict[str, Any]:
    # The address a device was seen at is not kept. matrix-nio wants every field; the specification wants strings.
    return {
        "device_id": device.device_id,
        "display_name": device.display_name or "",
        "last_seen_ip": "",
        "last_seen_ts": device.seen_ts,
    }
