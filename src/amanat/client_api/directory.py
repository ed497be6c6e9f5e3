"""Aliases of rooms, and whether a room is listed. Spec: client-server-api#room-aliases."""

from typing import Literal

from msgspec import Struct

from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import delete, get, put
from amanat.handlers.aliases import Aliases
from amanat.handlers.directory import Directory


class AliasBody(Struct):
    room_id: str


class VisibilityBody(Struct):
    visibility: Literal["public", "private"] = "public"


class DirectoryRoutes:
    """`/directory` and `/rooms/{roomId}/aliases`."""

    def __init__(self, aliases: Aliases, *, directory: Directory, server_name: str) -> None:
        self._aliases = aliases
        self._directory = directory
        self._server_name = server_name

    @get("/_matrix/client/v3/directory/room/{roomAlias}", limit="directory", spec="getRoomIdByAlias")
    async def get_alias(self, request: Request, _requester: Requester) -> dict[str, object]:
        """Resolve an alias."""
        room_id = await self._aliases.resolve(request.params["roomAlias"])
        return {"room_id": room_id, "servers": [self._server_name]}

    @put("/_matrix/client/v3/directory/room/{roomAlias}", spec="setRoomAlias", allows="free")
    async def set_alias(self, request: Request, requester: Requester) -> dict[str, str]:
        """Let an alias point to a room."""
        body = await request.struct(AliasBody)
        await self._aliases.set(requester, alias=request.params["roomAlias"], room_id=body.room_id)
        return {}

    @delete("/_matrix/client/v3/directory/room/{roomAlias}", spec="deleteRoomAlias", allows="free")
    async def delete_alias(self, request: Request, requester: Requester) -> dict[str, str]:
        """Delete an alias."""
        await self._aliases.delete(requester, alias=request.params["roomAlias"])
        return {}

    @get("/_matrix/client/v3/rooms/{roomId}/aliases", spec="getLocalAliases")
    async def get_local_aliases(self, request: Request, requester: Requester) -> dict[str, list[str]]:
        """List a room's aliases."""
        return {"aliases": await self._aliases.of_room(requester, room_id=request.params["roomId"])}

    @get("/_matrix/client/v3/directory/list/room/{roomId}", limit="directory", spec="getRoomVisibilityOnDirectory")
    async def get_visibility(self, request: Request, _requester: Requester) -> dict[str, str]:
        """Say whether a room is listed."""
        listed = await self._directory.is_listed(request.params["roomId"])
        return {"visibility": "public" if listed else "private"}

    @put("/_matrix/client/v3/directory/list/room/{roomId}", spec="setRoomVisibilityOnDirectory", allows="free")
    async def set_visibility(self, request: Request, requester: Requester) -> dict[str, str]:
        """List a room, or no longer."""
        body = await request.struct(VisibilityBody)
        listed = body.visibility == "public"
        await self._directory.set_listed(requester, room_id=request.params["roomId"], listed=listed)
        return {}
