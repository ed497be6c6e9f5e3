"""Dehydrated devices, under the unstable prefix of MSC3814."""

from typing import Any, Final

from msgspec import Raw, Struct

from amanat.core.errors import InvalidParam
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import delete, get, post, put
from amanat.handlers.dehydrated_devices import Dehydrated, DehydratedDevices

PATH: Final = "/_matrix/client/unstable/org.matrix.msc3814.v1/dehydrated_device"


class _Events(Struct, frozen=True, kw_only=True):
    next_batch: str | None = None


class DehydratedDeviceRoutes:
    """`/dehydrated_device`."""

    def __init__(self, devices: DehydratedDevices) -> None:
        self._devices = devices

    @put(PATH, body_limit=1024 * 1024)
    async def put(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Leave a device on the server, in the place of the one before."""
        device = await request.struct(Dehydrated)
        await self._devices.put(requester, device)
        return {"device_id": device.device_id}

    @get(PATH)
    async def get(self, _request: Request, requester: Requester) -> dict[str, Any]:
        """Return the device."""
        device = await self._devices.get(requester.user_id)
        return {"device_id": device.device_id, "device_data": Raw(device.device_data)}

    @delete(PATH)
    async def delete(self, _request: Request, requester: Requester) -> dict[str, Any]:
        """Delete the device."""
        return {"device_id": await self._devices.delete(requester.user_id)}

    @post(PATH + "/{deviceId}/events")
    async def events(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Return a page of what has come for the device; an empty one is the last."""
        body = await request.struct(_Events, optional=True)
        device_id = request.params["deviceId"]
        events, reached = await self._devices.events(requester.user_id, device_id, after=_position(body.next_batch))
        return {"events": events, "next_batch": str(reached)}


def _position(token: str | None) -> int:
    if token is None:
        return 0
    if not (token.isascii() and token.isdigit() and len(token) <= 15):
        raise InvalidParam("`next_batch` is not one that this server has given.")
    return int(token)
