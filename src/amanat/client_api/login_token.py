"""A token by which another device logs in. Spec: client-server-api#legacy-login."""

from typing import Any

from msgspec import Struct

from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.interactive_auth import InteractiveAuth
from amanat.product.accounts.oauth.login_tokens import LIFETIME_MS, LoginTokens


class _GetToken(Struct, frozen=True, kw_only=True):
    auth: dict[str, Any] | None = None


class LoginTokenRoutes:
    """`/login/get_token`."""

    def __init__(self, tokens: LoginTokens, *, interactive_auth: InteractiveAuth) -> None:
        self._tokens = tokens
        self._interactive_auth = interactive_auth

    @post("/_matrix/client/v1/login/get_token", limit="login_token", spec="generateLoginToken")
    async def get_token(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Give one out, once its owner has proved who they are."""
        body = await request.struct(_GetToken)
        await self._interactive_auth.require(requester, body.auth, operation="get login token")
        return {"login_token": await self._tokens.new(requester.user_id), "expires_in_ms": LIFETIME_MS}
