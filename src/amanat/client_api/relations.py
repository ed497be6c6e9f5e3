"""`/relations`. Spec: client-server-api#relationships-api."""

from amanat.client_api import paging
from amanat.core.errors import InvalidParam
from amanat.core.identifiers import fits
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get
from amanat.handlers.relations import Children, ChildrenRequest, Relations


class RelationRoutes:
    """The children of an event."""

    def __init__(self, relations: Relations) -> None:
        self._relations = relations

    @get("/_matrix/client/v1/rooms/{roomId}/relations/{eventId}", spec="getRelatingEvents")
    async def get_children(self, request: Request, requester: Requester) -> Children:
        """Answer with all children."""
        return await self._answer(request, requester)

    @get("/_matrix/client/v1/rooms/{roomId}/relations/{eventId}/{relType}", spec="getRelatingEventsWithRelType")
    async def get_children_by_relation(self, request: Request, requester: Requester) -> Children:
        """Answer with the children of one kind of relation."""
        return await self._answer(request, requester)

    @get(
        "/_matrix/client/v1/rooms/{roomId}/relations/{eventId}/{relType}/{eventType}",
        spec="getRelatingEventsWithRelTypeAndEventType",
    )
    async def get_children_by_type(self, request: Request, requester: Requester) -> Children:
        """Answer with the children of one kind of relation and one type of event."""
        return await self._answer(request, requester)

    async def _answer(self, request: Request, requester: Requester) -> Children:
        params = request.params
        asked = ChildrenRequest(
            rel_type=_name(params.get("relType", "")),
            event_type=_name(params.get("eventType", "")),
            backwards=paging.is_backwards(request, default="b"),
            start=paging.token(request, "from"),
            stop=paging.token(request, "to"),
            limit=paging.limit(request),
            recurse=request.query_bool("recurse"),
        )
        return await self._relations.children(
            requester, room_id=params["roomId"], event_id=params["eventId"], asked=asked
        )


def _name(name: str) -> str:
    if not fits(name):
        raise InvalidParam("A type has at most 255 bytes and no U+0000.")
    return name
