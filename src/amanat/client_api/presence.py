"""Presence. Spec: client-server-api#presence."""

from typing import Any

from msgspec import Struct

from amanat.client_api.own import check_own
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get, put
from amanat.handlers.presence import Presence


class PresenceBody(Struct):
    presence: str
    status_msg: str | None = None


class PresenceRoutes:
    """`/presence`."""

    def __init__(self, presence: Presence) -> None:
        self._presence = presence

    @put("/_matrix/client/v3/presence/{userId}/status", spec="setPresence", allows="free")
    async def set_presence(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Say how one wishes to appear."""
        check_own(request, requester)
        body = await request.struct(PresenceBody)
        await self._presence.set(requester, state=body.presence, status=body.status_msg)
        return {}

    @get("/_matrix/client/v3/presence/{userId}/status", spec="getPresence")
    async def get_presence(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Answer how somebody appears."""
        return await self._presence.of(requester, user_id=request.params["userId"])
