"""`/threads`. Spec: client-server-api#querying-threads-in-a-room."""

from amanat.client_api import paging
from amanat.core.errors import InvalidParam
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get
from amanat.handlers.relations import Relations, ThreadList


class ThreadsListRoutes:
    """A room's threads."""

    def __init__(self, relations: Relations) -> None:
        self._relations = relations

    @get("/_matrix/client/v1/rooms/{roomId}/threads", spec="getThreadRoots")
    async def get_threads(self, request: Request, requester: Requester) -> ThreadList:
        """Answer with thread roots."""
        include = request.query("include") or "all"
        if include not in ("all", "participated"):
            raise InvalidParam("`include` is all or participated.")
        return await self._relations.threads(
            requester,
            room_id=request.params["roomId"],
            only_own=include == "participated",
            start=paging.token(request, "from"),
            limit=paging.limit(request),
        )
