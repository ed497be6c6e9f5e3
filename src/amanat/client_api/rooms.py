"""A room's events, state and members, one at a time or all. Spec: client-server-api#getting-events-for-a-room."""

from typing import Any

from msgspec import Raw

from amanat.client_api import paging
from amanat.core.errors import InvalidParam
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get
from amanat.handlers.rooms import MEMBERSHIPS, RoomContents


class RoomRoutes:
    """`/event`, `/state`, `/members` and `/joined_members`."""

    def __init__(self, contents: RoomContents) -> None:
        self._contents = contents

    @get("/_matrix/client/v3/rooms/{roomId}/event/{eventId}", spec="getOneRoomEvent")
    async def get_event(self, request: Request, requester: Requester) -> Raw:
        """Answer with one event."""
        return await self._contents.event(
            requester, room_id=request.params["roomId"], event_id=request.params["eventId"]
        )

    @get("/_matrix/client/v3/rooms/{roomId}/state", spec="getRoomState")
    async def get_state(self, request: Request, requester: Requester) -> list[Raw]:
        """Answer with all state."""
        return await self._contents.state(requester, room_id=request.params["roomId"])

    @get(
        "/_matrix/client/v3/rooms/{roomId}/state/{eventType}",
        "/_matrix/client/v3/rooms/{roomId}/state/{eventType}/",
        "/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}",
        spec="getRoomStateWithKey",
    )
    async def get_state_event(self, request: Request, requester: Requester) -> Raw:
        """Answer with one piece of state: its content, or the whole event."""
        wanted = request.query("format") or "content"
        if wanted not in ("content", "event"):
            raise InvalidParam("`format` is content or event.")
        read = self._contents.state_event if wanted == "event" else self._contents.state_content
        params = request.params
        return await read(
            requester,
            room_id=params["roomId"],
            event_type=params["eventType"],
            state_key=params.get("stateKey", ""),
        )

    @get("/_matrix/client/v3/rooms/{roomId}/members", spec="getMembersByRoom")
    async def get_members(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Answer with member events."""
        chunk = await self._contents.members(
            requester,
            room_id=request.params["roomId"],
            at=paging.token(request, "at"),
            membership=_membership(request, "membership"),
            not_membership=_membership(request, "not_membership"),
        )
        return {"chunk": chunk}

    @get("/_matrix/client/v3/rooms/{roomId}/joined_members", spec="getJoinedMembersByRoom")
    async def get_joined_members(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Answer with who is in the room."""
        return {"joined": await self._contents.joined_members(requester, room_id=request.params["roomId"])}


def _membership(request: Request, name: str) -> str | None:
    value = request.query(name)
    if value is not None and value not in MEMBERSHIPS:
        raise InvalidParam(f"`{name}` is one of {', '.join(MEMBERSHIPS)}.")
    return value
