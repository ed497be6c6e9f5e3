"""Whose an access token is. Spec: client-server-api#current-account-information."""

from typing import Any

from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get


class WhoamiRoutes:
    """`/account/whoami`."""

    @get("/_matrix/client/v3/account/whoami", spec="getTokenOwner")
    async def whoami(self, _request: Request, requester: Requester) -> dict[str, Any]:
        """Say whose the access token is."""
        return {"user_id": requester.user_id, "device_id": requester.device_id, "is_guest": False}
