"""Changing one's password. Spec: client-server-api#password-management."""

from typing import Any

from msgspec import Struct

from amanat.core.errors import ThreepidDenied
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.interactive_auth import InteractiveAuth
from amanat.handlers.password_management import PasswordChange


class _Change(Struct, frozen=True, kw_only=True):
    new_password: str
    logout_devices: bool = True
    auth: dict[str, Any] | None = None


class PasswordManagementRoutes:
    """`/account/password`."""

    def __init__(self, password_change: PasswordChange, *, interactive_auth: InteractiveAuth) -> None:
        self._password_change = password_change
        self._interactive_auth = interactive_auth

    @post("/_matrix/client/v3/account/password", limit="login", spec="changePassword")
    async def change(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Change the password and, unless asked not to, log the other devices out."""
        body = await request.struct(_Change)
        await self._interactive_auth.require(requester, body.auth, operation="change password")
        await self._password_change.change(requester, body.new_password, log_out_others=body.logout_devices)
        return {}

    @post(
        "/_matrix/client/v3/account/password/email/requestToken",
        auth="none",
        limit="login",
        spec="requestTokenToResetPasswordEmail",
    )
    async def by_email(self, _request: Request) -> dict[str, Any]:
        """Refuse."""
        raise ThreepidDenied("This server knows no email addresses, so no password can be reset by one.")

    @post(
        "/_matrix/client/v3/account/password/msisdn/requestToken",
        auth="none",
        limit="login",
        spec="requestTokenToResetPasswordMSISDN",
    )
    async def by_number(self, _request: Request) -> dict[str, Any]:
        """Refuse."""
        raise ThreepidDenied("This server knows no phone numbers, so no password can be reset by one.")
