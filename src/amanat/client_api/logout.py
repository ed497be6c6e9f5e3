"""Logging out. Spec: client-server-api#account-management."""

from typing import Any

from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.device_management import Devices


class LogoutRoutes:
    """`/logout`, of this device or of all."""

    def __init__(self, devices: Devices) -> None:
        self._devices = devices

    @post("/_matrix/client/v3/logout", spec="logout", allows="locked")
    async def logout(self, _request: Request, requester: Requester) -> dict[str, Any]:
        """End this session, and its device with it."""
        await self._devices.remove(requester.user_id, [requester.device_id])
        return {}

    @post("/_matrix/client/v3/logout/all", spec="logout_all", allows="locked")
    async def logout_all(self, _request: Request, requester: Requester) -> dict[str, Any]:
        """End every session of the person, and every device."""
        await self._devices.remove_all(requester.user_id)
        return {}
