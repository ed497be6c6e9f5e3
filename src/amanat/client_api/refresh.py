"""Refreshing access tokens. Spec: client-server-api#refreshing-access-tokens."""

from typing import Any

from msgspec import Struct

from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.sessions import Sessions, token_body


class _Refresh(Struct, frozen=True, kw_only=True):
    refresh_token: str


class RefreshRoutes:
    """`/refresh`."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    @post("/_matrix/client/v3/refresh", auth="none", limit="login", spec="refresh")
    async def refresh(self, request: Request) -> dict[str, Any]:
        """Give out the next access token."""
        body = await request.struct(_Refresh)
        return token_body(await self._sessions.refresh(body.refresh_token))
