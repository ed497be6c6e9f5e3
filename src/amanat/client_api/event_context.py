"""`/context`. Spec: client-server-api#get_matrixclientv3roomsroomidcontexteventid."""

from amanat.client_api import paging
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get
from amanat.handlers.event_context import EventContext, EventContexts


class EventContextRoutes:
    """What stands around an event."""

    def __init__(self, contexts: EventContexts) -> None:
        self._contexts = contexts

    @get("/_matrix/client/v3/rooms/{roomId}/context/{eventId}", spec="getEventContext")
    async def get_context(self, request: Request, requester: Requester) -> EventContext:
        """Answer with an event and its neighbours."""
        return await self._contexts.around(
            requester,
            room_id=request.params["roomId"],
            event_id=request.params["eventId"],
            limit=paging.limit(request, minimum=0),
            filtered_by=paging.event_filter(request),
        )
