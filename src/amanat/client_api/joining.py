"""Joining rooms. Spec: client-server-api#joining-rooms."""

from typing import Any

from msgspec import Struct

from amanat.core.errors import ThreepidDenied
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.aliases import Aliases
from amanat.handlers.memberships import Memberships


class JoinBody(Struct):
    reason: str | None = None
    third_party_signed: dict[str, Any] | None = None


class JoiningRoutes:
    """`/rooms/{roomId}/join` and `/join/{roomIdOrAlias}`."""

    def __init__(self, memberships: Memberships, *, aliases: Aliases) -> None:
        self._memberships = memberships
        self._aliases = aliases

    @post("/_matrix/client/v3/rooms/{roomId}/join", limit="join", spec="joinRoomById", allows="free")
    async def join_room_by_id(self, request: Request, requester: Requester) -> dict[str, str]:
        """Join a room by its id."""
        return await self._join(request, requester, request.params["roomId"])

    @post("/_matrix/client/v3/join/{roomIdOrAlias}", limit="join", spec="joinRoom", allows="free")
    async def join_room(self, request: Request, requester: Requester) -> dict[str, str]:
        """Join a room by its id or an alias."""
        return await self._join(request, requester, await self._aliases.room_id(request.params["roomIdOrAlias"]))

    async def _join(self, request: Request, requester: Requester, room_id: str) -> dict[str, str]:
        body = await request.struct(JoinBody, optional=True)
        if body.third_party_signed is not None:
            raise ThreepidDenied
        await self._memberships.join(requester.user_id, room_id=room_id, reason=body.reason)
        return {"room_id": room_id}
