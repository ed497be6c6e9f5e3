"""Leaving rooms, and forgetting them. Spec: client-server-api#leaving-rooms."""

from msgspec import Struct

from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.memberships import Memberships


class ReasonBody(Struct):
    reason: str | None = None


class LeavingRoutes:
    """`/rooms/{roomId}/leave` and `/rooms/{roomId}/forget`."""

    def __init__(self, memberships: Memberships) -> None:
        self._memberships = memberships

    @post("/_matrix/client/v3/rooms/{roomId}/leave", spec="leaveRoom")
    async def leave_room(self, request: Request, requester: Requester) -> dict[str, str]:
        """Leave a room, decline an invitation or take back a knock."""
        body = await request.struct(ReasonBody, optional=True)
        await self._memberships.leave(requester.user_id, room_id=request.params["roomId"], reason=body.reason)
        return {}

    @post("/_matrix/client/v3/rooms/{roomId}/forget", spec="forgetRoom")
    async def forget_room(self, request: Request, requester: Requester) -> dict[str, str]:
        """Stop being told of a room that one has left."""
        await self._memberships.forget(requester.user_id, room_id=request.params["roomId"])
        return {}
