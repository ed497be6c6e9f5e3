"""What a person can do here. Spec: client-server-api#capabilities-negotiation."""

from typing import Any

from amanat.core.requester import Requester
from amanat.core.room_versions import ROOM_VERSIONS
from amanat.edge.request import Request
from amanat.edge.routes import get


class CapabilityRoutes:
    """`/capabilities`."""

    def __init__(self, *, default_room_version: str) -> None:
        yes, no = {"enabled": True}, {"enabled": False}
        self._everybody = {
            "m.room_versions": {
                "default": default_room_version,
                "available": dict.fromkeys(ROOM_VERSIONS, "stable"),
            },
            "m.change_password": yes,
            "m.set_displayname": yes,
            "m.set_avatar_url": yes,
            "m.profile_fields": yes,
            "m.3pid_changes": no,
            "m.get_login_token": yes,
            "m.forget_forced_upon_leave": no,
        }
        self._admins = self._everybody | {"m.account_moderation": {"suspend": True, "lock": True}}

    @get("/_matrix/client/v3/capabilities", spec="getCapabilities")
    async def get_capabilities(self, _request: Request, requester: Requester) -> dict[str, Any]:
        """Answer the same to everybody but administrators."""
        return {"capabilities": self._admins if requester.is_admin else self._everybody}
