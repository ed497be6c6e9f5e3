"""Inviting people. Spec: client-server-api#post_matrixclientv3roomsroomidinvite."""

from msgspec import Struct

from amanat.core.errors import MissingParam, ThreepidDenied
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.memberships import Memberships


class InviteBody(Struct):
    user_id: str | None = None
    reason: str | None = None
    # What an invitation by third-party id has instead of a user id.
    medium: str | None = None
    address: str | None = None


class InvitingRoutes:
    """`/rooms/{roomId}/invite`."""

    def __init__(self, memberships: Memberships) -> None:
        self._memberships = memberships

    @post("/_matrix/client/v3/rooms/{roomId}/invite", limit="invite", spec="inviteUser", allows="free")
    async def invite_user(self, request: Request, requester: Requester) -> dict[str, str]:
        """Invite somebody by their user id."""
        body = await request.struct(InviteBody)
        if body.user_id is None:
            raise ThreepidDenied if body.medium or body.address else MissingParam("`user_id` says whom to invite.")
        await self._memberships.invite(
            requester.user_id, room_id=request.params["roomId"], target=body.user_id, reason=body.reason
        )
        return {}
