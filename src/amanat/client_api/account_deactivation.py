"""Ending one's account. Spec: client-server-api#account-deactivation."""

from typing import Any

from msgspec import Struct

from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.account_deactivation import Deactivation
from amanat.handlers.interactive_auth import InteractiveAuth


class _Deactivate(Struct, frozen=True, kw_only=True):
    auth: dict[str, Any] | None = None
    erase: bool = False


class AccountDeactivationRoutes:
    """`/account/deactivate`."""

    def __init__(self, deactivation: Deactivation, *, interactive_auth: InteractiveAuth) -> None:
        self._deactivation = deactivation
        self._interactive_auth = interactive_auth

    @post("/_matrix/client/v3/account/deactivate", limit="login", spec="deactivateAccount")
    async def deactivate(self, request: Request, requester: Requester) -> dict[str, Any]:
        """End the account for ever."""
        body = await request.struct(_Deactivate, optional=True)
        await self._interactive_auth.require(requester, body.auth, operation="deactivate")
        await self._deactivation.deactivate(requester.user_id, erase=body.erase)
        # No identity server was ever told of anything, so there is nothing left to unbind.
        return {"id_server_unbind_result": "success"}
