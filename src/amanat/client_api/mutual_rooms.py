"""The rooms that two people are in. Spec: client-server-api#get_matrixclientv1mutual_rooms."""

from amanat.core.errors import InvalidParam
from amanat.core.identifiers import is_room_id, is_user_id
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get
from amanat.handlers.room_summary import RoomSummaries, Shared


class MutualRoomsRoutes:
    """`/mutual_rooms`, and where MSC2666 had it."""

    def __init__(self, summaries: RoomSummaries) -> None:
        self._summaries = summaries

    @get(
        "/_matrix/client/v1/mutual_rooms",
        "/_matrix/client/unstable/uk.half-shot.msc2666/user/mutual_rooms",
        limit="directory",
        spec="getMutualRooms",
    )
    async def get_mutual_rooms(self, request: Request, requester: Requester) -> Shared:
        """List the rooms that one shares with somebody."""
        other, after = request.query_required("user_id"), request.query("from")
        if not is_user_id(other):
            raise InvalidParam("`user_id` is of the form @localpart:server.")
        if after is not None and not is_room_id(after):
            raise InvalidParam("`from` is not a token of this list.")
        return await self._summaries.shared(requester.user_id, other, after=after or "")
