"""Registering an account. Spec: client-server-api#account-registration."""

from typing import Any

from msgspec import Struct

from amanat.core.errors import GuestAccessForbidden, InvalidParam
from amanat.edge.request import Request
from amanat.edge.routes import get, post
from amanat.handlers.device_management import Devices
from amanat.handlers.interactive_auth import InteractiveAuth
from amanat.handlers.registration import Registration
from amanat.handlers.sessions import token_body


class _Register(Struct, frozen=True, kw_only=True):
    auth: dict[str, Any] | None = None
    username: str | None = None
    password: str | None = None
    device_id: str | None = None
    initial_device_display_name: str | None = None
    inhibit_login: bool = False
    refresh_token: bool = False


class RegistrationRoutes:
    """`/register` and whether a name is free."""

    def __init__(self, registration: Registration, *, devices: Devices, interactive_auth: InteractiveAuth) -> None:
        self._registration = registration
        self._devices = devices
        self._interactive_auth = interactive_auth

    @post("/_matrix/client/v3/register", auth="none", limit="register", spec="register")
    async def register(self, request: Request) -> dict[str, Any]:
        """Make an account and log its first device in."""
        kind = request.query("kind")
        if kind == "guest":
            raise GuestAccessForbidden("This server has no guests; register an account.")
        if kind not in (None, "user"):
            raise InvalidParam("The kind of an account is user or guest.")
        body = await request.struct(_Register)
        device = None
        if not body.inhibit_login:
            device = self._devices.new(body.device_id, body.initial_device_display_name, refreshable=body.refresh_token)
        made = await self._registration.register(
            self._interactive_auth, body.auth, username=body.username, password=body.password, device=device
        )
        if made.tokens is None:
            return {"user_id": made.user_id}
        return {"user_id": made.user_id, "device_id": made.device_id, **token_body(made.tokens)}

    @get("/_matrix/client/v3/register/available", auth="none", limit="register", spec="checkUsernameAvailability")
    async def available(self, request: Request) -> dict[str, Any]:
        """Say whether somebody could register under a name at this moment."""
        await self._registration.check_available(request.query_required("username"))
        return {"available": True}
