"""Banning people, and lifting bans. Spec: client-server-api#banning-users-in-a-room."""

from msgspec import Struct

from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.memberships import Memberships


class PersonBody(Struct):
    user_id: str
    reason: str | None = None


class BanningRoutes:
    """`/rooms/{roomId}/ban` and `/rooms/{roomId}/unban`."""

    def __init__(self, memberships: Memberships) -> None:
        self._memberships = memberships

    @post("/_matrix/client/v3/rooms/{roomId}/ban", spec="ban", allows="free")
    async def ban(self, request: Request, requester: Requester) -> dict[str, str]:
        """Remove somebody and keep them out."""
        body = await request.struct(PersonBody)
        await self._memberships.ban(
            requester.user_id, room_id=request.params["roomId"], target=body.user_id, reason=body.reason
        )
        return {}

    @post("/_matrix/client/v3/rooms/{roomId}/unban", spec="unban", allows="free")
    async def unban(self, request: Request, requester: Requester) -> dict[str, str]:
        """Lift a ban."""
        body = await request.struct(PersonBody)
        await self._memberships.unban(
            requester.user_id, room_id=request.params["roomId"], target=body.user_id, reason=body.reason
        )
        return {}
