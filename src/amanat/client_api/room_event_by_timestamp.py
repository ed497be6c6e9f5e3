"""`/timestamp_to_event`. Spec: client-server-api#get_matrixclientv1roomsroomidtimestamp_to_event."""

from amanat.client_api import paging
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get
from amanat.handlers.rooms import EventAtTime, RoomContents


class RoomEventByTimestampRoutes:
    """The event nearest to a time."""

    def __init__(self, contents: RoomContents) -> None:
        self._contents = contents

    @get(
        "/_matrix/client/v1/rooms/{roomId}/timestamp_to_event",
        spec="getEventByTimestamp",
    )
    async def get_event_at_time(self, request: Request, requester: Requester) -> EventAtTime:
        """Answer with an event id."""
        request.query_required("ts")
        return await self._contents.event_at_time(
            requester,
            room_id=request.params["roomId"],
            ts=request.query_int("ts", 0),
            backwards=paging.is_backwards(request),
        )
