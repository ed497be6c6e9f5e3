"""The rooms that somebody is in. Spec: client-server-api#get_matrixclientv3joined_rooms."""

from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get
from amanat.handlers.room_summary import RoomSummaries


class ListJoinedRoomsRoutes:
    """`/joined_rooms`."""

    def __init__(self, summaries: RoomSummaries) -> None:
        self._summaries = summaries

    @get("/_matrix/client/v3/joined_rooms", spec="getJoinedRooms")
    async def get_joined_rooms(self, _request: Request, requester: Requester) -> dict[str, list[str]]:
        """List the rooms that one is in."""
        return {"joined_rooms": await self._summaries.joined(requester.user_id)}
