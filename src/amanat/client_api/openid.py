"""OpenID tokens. Spec: client-server-api#openid."""

from typing import Any

from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.openid import LIFETIME_S, OpenId


class OpenIdRoutes:
    """`/openid/request_token`."""

    def __init__(self, openid: OpenId, *, server_name: str) -> None:
        self._openid = openid
        self._server_name = server_name

    @post("/_matrix/client/v3/user/{userId}/openid/request_token", limit="openid", spec="requestOpenIdToken")
    async def request_token(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Give out a token that proves who somebody is, and nothing else."""
        return {
            "access_token": await self._openid.request_token(requester, request.params["userId"]),
            "token_type": "Bearer",
            "matrix_server_name": self._server_name,
            "expires_in": LIFETIME_S,
        }
