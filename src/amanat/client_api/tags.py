"""Tags on rooms. Spec: client-server-api#room-tagging."""

from typing import Any

import msgspec
from msgspec import Struct

from amanat.client_api.own import check_own
from amanat.core.errors import BadJson, NotJson
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import delete, get, put
from amanat.handlers.tags import Tags


class TagBody(Struct):
    order: float | None = None


class TagRoutes:
    """`/tags`."""

    def __init__(self, tags: Tags) -> None:
        self._tags = tags

    @get("/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags", spec="getRoomTags")
    async def get_tags(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Answer with the tags of a room."""
        check_own(request, requester)
        return {"tags": await self._tags.list(requester, room_id=request.params["roomId"])}

    @put("/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}", spec="setRoomTag")
    async def set_tag(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Put a tag on a room."""
        check_own(request, requester)
        tag = await _tag(request)
        await self._tags.put(requester, room_id=request.params["roomId"], name=request.params["tag"], order=tag.order)
        return {}

    @delete("/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}", spec="deleteRoomTag")
    async def delete_tag(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Take a tag off a room."""
        check_own(request, requester)
        await self._tags.delete(requester, room_id=request.params["roomId"], name=request.params["tag"])
        return {}


async def _tag(request: Request) -> TagBody:
    """Read a tag, which unlike anything else in the protocol has a fraction in it: no canonical JSON."""
    body = await request.body()
    try:
        # In two steps: read straight into the shape, text in fields that it lacks would not be checked.
        return msgspec.convert(msgspec.json.decode(body), TagBody)
    except msgspec.ValidationError as error:
        raise BadJson(f"The body does not have the right shape: {error}.") from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise NotJson from None
