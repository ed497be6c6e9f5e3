"""The rooms of a space. Spec: client-server-api#discovering-rooms-within-spaces."""

from typing import Any

from amanat.core.errors import InvalidParam
from amanat.core.requester import Requester
from amanat.core.space_hierarchy import Walk, parse
from amanat.edge.request import Request
from amanat.edge.routes import get
from amanat.handlers.room_summary import RoomSummaries

DEFAULT_PAGE, MAX_PAGE = 50, 100
MAX_DEPTH = 10
"""Levels of spaces within spaces; nobody finds anything further down."""


class SpaceHierarchyRoutes:
    """`/rooms/{roomId}/hierarchy`."""

    def __init__(self, summaries: RoomSummaries) -> None:
        self._summaries = summaries

    @get("/_matrix/client/v1/rooms/{roomId}/hierarchy", limit="directory", spec="getSpaceHierarchy")
    async def get_space_hierarchy(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Return a page of a space's tree."""
        rooms, following = await self._summaries.hierarchy(
            requester.user_id,
            room_id=request.params["roomId"],
            walk=_walk(request),
            limit=request.query_int("limit", DEFAULT_PAGE, minimum=1, maximum=MAX_PAGE),
        )
        return {"rooms": rooms} | ({} if following is None else {"next_batch": str(following)})


def _walk(request: Request) -> Walk:
    suggested_only = request.query_bool("suggested_only")
    max_depth = request.query_int("max_depth", MAX_DEPTH, minimum=0, maximum=MAX_DEPTH)
    asked = Walk(suggested_only=suggested_only, max_depth=max_depth)
    token = request.query("from")
    if token is None:
        return asked
    begun = parse(token)
    if begun is None:
        raise InvalidParam("`from` is not a token of this hierarchy.")
    if (begun.suggested_only, begun.max_depth) != (asked.suggested_only, asked.max_depth):
        raise InvalidParam("`suggested_only` and `max_depth` stay the same from page to page.")
    return begun
