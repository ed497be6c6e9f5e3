"""Logging in. Spec: client-server-api#login."""

from typing import Any

from msgspec import Struct, ValidationError, convert

from amanat.core.errors import BadJson
from amanat.edge.request import Request
from amanat.edge.routes import get, post
from amanat.handlers.device_management import Devices
from amanat.handlers.login import Login
from amanat.handlers.sessions import token_body


class _Login(Struct, frozen=True, kw_only=True):
    type: str
    device_id: str | None = None
    initial_device_display_name: str | None = None
    refresh_token: bool = False


class LoginRoutes:
    """`/login`."""

    def __init__(self, login: Login, *, devices: Devices) -> None:
        self._login = login
        self._devices = devices

    @get("/_matrix/client/v3/login", auth="none", limit="login", spec="getLoginFlows")
    async def flows(self, _request: Request) -> dict[str, Any]:
        """List the ways to log in."""
        return {"flows": self._login.flows}

    @post("/_matrix/client/v3/login", auth="none", limit="login", spec="login")
    async def login(self, request: Request) -> dict[str, Any]:
        """Log a device in."""
        raw = await request.json()
        try:
            body = convert(raw, _Login, strict=True)
        except ValidationError as error:
            raise BadJson(f"The body does not have the right shape: {error}.") from None
        device = self._devices.new(body.device_id, body.initial_device_display_name, refreshable=body.refresh_token)
        user_id, tokens = await self._login.login(body.type, raw, device=device)
        return {"user_id": user_id, "device_id": device.device_id, **token_body(tokens)}
