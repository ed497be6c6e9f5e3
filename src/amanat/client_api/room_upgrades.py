"""Upgrading rooms. Spec: client-server-api#post_matrixclientv3roomsroomidupgrade."""

from msgspec import Struct

from amanat.core.errors import UnsupportedRoomVersion
from amanat.core.requester import Requester
from amanat.core.room_versions import ROOM_VERSIONS
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.room_upgrades import RoomUpgrades


class UpgradeBody(Struct):
    new_version: str
    additional_creators: list[str] = []


class RoomUpgradesRoutes:
    """`/rooms/{roomId}/upgrade`."""

    def __init__(self, upgrades: RoomUpgrades) -> None:
        self._upgrades = upgrades

    @post("/_matrix/client/v3/rooms/{roomId}/upgrade", limit="create_room", spec="upgradeRoom", allows="free")
    async def upgrade_room(self, request: Request, requester: Requester) -> dict[str, str]:
        """Replace a room by one of another version."""
        body = await request.struct(UpgradeBody)
        version = ROOM_VERSIONS.get(body.new_version)
        if version is None:
            raise UnsupportedRoomVersion
        replacement = await self._upgrades.upgrade(
            requester.user_id,
            room_id=request.params["roomId"],
            version=version,
            creators=body.additional_creators,
        )
        return {"replacement_room": replacement}
