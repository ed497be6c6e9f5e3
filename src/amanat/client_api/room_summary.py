"""A room's summary. Spec: client-server-api#get_matrixclientv1room_summaryroomidoralias."""

from typing import Any

from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get
from amanat.handlers.aliases import Aliases
from amanat.handlers.room_summary import RoomSummaries


class RoomSummaryRoutes:
    """`/room_summary/{roomIdOrAlias}`, and where MSC3266 had it, which clients still ask."""

    def __init__(self, summaries: RoomSummaries, *, aliases: Aliases) -> None:
        self._summaries = summaries
        self._aliases = aliases

    @get(
        "/_matrix/client/v1/room_summary/{roomIdOrAlias}",
        "/_matrix/client/unstable/im.nheko.summary/summary/{roomIdOrAlias}",
        "/_matrix/client/unstable/im.nheko.summary/rooms/{roomIdOrAlias}/summary",
        limit="directory",
        spec="getRoomSummary",
    )
    async def get_room_summary(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Tell of a room that the reader is in, or could be."""
        room_id = await self._aliases.room_id(request.params["roomIdOrAlias"])
        return await self._summaries.summary(requester.user_id, room_id=room_id)
