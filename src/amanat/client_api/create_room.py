"""`/createRoom`. Spec: client-server-api#post_matrixclientv3createroom."""

from typing import Any

from msgspec import Struct

from amanat.core.errors import ThreepidDenied, UnsupportedRoomVersion
from amanat.core.requester import Requester
from amanat.core.room_classes import class_for
from amanat.core.room_creation import InitialState, NewRoom
from amanat.core.room_versions import ROOM_VERSIONS
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.room_creation import RoomCreation


class StateBody(Struct):
    type: str
    content: dict[str, Any]
    state_key: str = ""


class CreateRoomBody(Struct):
    visibility: str | None = None
    room_alias_name: str | None = None
    name: str | None = None
    topic: str | None = None
    invite: list[str] = []
    invite_3pid: list[dict[str, Any]] = []
    room_version: str | None = None
    creation_content: dict[str, Any] = {}
    initial_state: list[StateBody] = []
    preset: str | None = None
    is_direct: bool = False
    power_level_content_override: dict[str, Any] = {}


class CreateRoomRoutes:
    """Making a room."""

    def __init__(self, creation: RoomCreation, *, server_name: str, default_version: str) -> None:
        self._creation = creation
        self._server_name = server_name
        self._default_version = default_version

    @post("/_matrix/client/v3/createRoom", limit="create_room", spec="createRoom", allows="free")
    async def create_room(self, request: Request, requester: Requester) -> dict[str, str]:
        """Make a room."""
        body = await request.struct(CreateRoomBody)
        return {"room_id": await self._creation.create(self._asked(body, requester.user_id))}

    def _asked(self, body: CreateRoomBody, creator: str) -> NewRoom:
        if body.invite_3pid:
            raise ThreepidDenied
        version = ROOM_VERSIONS.get(body.room_version or self._default_version)
        if version is None:
            raise UnsupportedRoomVersion
        return NewRoom(
            creator=creator,
            version=version,
            room_class=class_for(
                preset=body.preset, visibility=body.visibility, creation_content=body.creation_content
            ),
            trusted=body.preset == "trusted_private_chat",
            listed=body.visibility == "public",
            creation_content=body.creation_content,
            initial_state=[
                InitialState(type=it.type, content=it.content, state_key=it.state_key) for it in body.initial_state
            ],
            name=body.name,
            topic=body.topic,
            alias=None if body.room_alias_name is None else f"#{body.room_alias_name}:{self._server_name}",
            invite=list(dict.fromkeys(user_id for user_id in body.invite if user_id != creator)),
            is_direct=body.is_direct,
            power_levels=body.power_level_content_override,
        )
