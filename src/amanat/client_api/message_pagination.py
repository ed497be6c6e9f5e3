"""`/messages`. Spec: client-server-api#get_matrixclientv3roomsroomidmessages."""

from amanat.client_api import paging
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get
from amanat.handlers.message_pagination import MessagePagination, Page, PageRequest


class MessagePaginationRoutes:
    """Pages of a room's timeline."""

    def __init__(self, pagination: MessagePagination) -> None:
        self._pagination = pagination

    @get("/_matrix/client/v3/rooms/{roomId}/messages", spec="getRoomEvents")
    async def get_messages(self, request: Request, requester: Requester) -> Page:
        """Answer with one page."""
        filtered_by = paging.event_filter(request)
        limit = paging.limit(request, minimum=0)
        asked = PageRequest(
            backwards=paging.is_backwards(request),
            start=paging.token(request, "from"),
            stop=paging.token(request, "to"),
            limit=max(1, limit if filtered_by.limit is None else min(limit, filtered_by.page(limit))),
            filter=filtered_by,
        )
        return await self._pagination.page(requester, room_id=request.params["roomId"], asked=asked)
