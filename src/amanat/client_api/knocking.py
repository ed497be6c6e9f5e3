"""Knocking on rooms. Spec: client-server-api#knocking-on-rooms."""

from amanat.client_api.leaving import ReasonBody
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.aliases import Aliases
from amanat.handlers.memberships import Memberships


class KnockingRoutes:
    """`/knock/{roomIdOrAlias}`."""

    def __init__(self, memberships: Memberships, *, aliases: Aliases) -> None:
        self._memberships = memberships
        self._aliases = aliases

    @post("/_matrix/client/v3/knock/{roomIdOrAlias}", limit="join", spec="knockRoom", allows="free")
    async def knock_room(self, request: Request, requester: Requester) -> dict[str, str]:
        """Ask to be let in."""
        room_id = await self._aliases.room_id(request.params["roomIdOrAlias"])
        body = await request.struct(ReasonBody, optional=True)
        await self._memberships.knock(requester.user_id, room_id=room_id, reason=body.reason)
        return {"room_id": room_id}
