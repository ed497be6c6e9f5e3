"""Removing people. Spec: client-server-api#post_matrixclientv3roomsroomidkick."""

from amanat.client_api.banning import PersonBody
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.memberships import Memberships


class KickingRoutes:
    """`/rooms/{roomId}/kick`."""

    def __init__(self, memberships: Memberships) -> None:
        self._memberships = memberships

    @post("/_matrix/client/v3/rooms/{roomId}/kick", spec="kick", allows="free")
    async def kick(self, request: Request, requester: Requester) -> dict[str, str]:
        """Remove somebody, who may come back."""
        body = await request.struct(PersonBody)
        await self._memberships.kick(
            requester.user_id, room_id=request.params["roomId"], target=body.user_id, reason=body.reason
        )
        return {}
