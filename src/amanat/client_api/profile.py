"""Profiles. Spec: client-server-api#profiles."""

from typing import Any

from amanat.core.errors import BadJson, MissingParam
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import delete, get, put
from amanat.handlers.profile import Profiles


class ProfileRoutes:
    """`/profile`."""

    def __init__(self, profiles: Profiles) -> None:
        self._profiles = profiles

    @get("/_matrix/client/v3/profile/{userId}", auth="optional", limit="profile", spec="getUserProfile")
    async def get_all(self, request: Request, requester: Requester | None) -> dict[str, Any]:
        """Return all fields of a profile."""
        return dict(await self._profiles.get(requester, request.params["userId"]))

    @get("/_matrix/client/v3/profile/{userId}/{keyName}", auth="optional", limit="profile", spec="getProfileField")
    async def get_field(self, request: Request, requester: Requester | None) -> dict[str, Any]:
        """Return one field of a profile."""
        field = request.params["keyName"]
        return {field: await self._profiles.get_field(requester, request.params["userId"], field=field)}

    @put(
        "/_matrix/client/v3/profile/{userId}/{keyName}",
        limit="profile",
        body_limit=128 * 1024,
        spec="setProfileField",
        allows="free",
    )
    async def set_field(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Set one field of one's own profile."""
        body, field = await request.json(), request.params["keyName"]
        if not isinstance(body, dict):
            raise BadJson("The body is a JSON object.")
        if field not in body:
            raise MissingParam(f"The body must have the property {field}.")
        await self._profiles.set_field(requester, request.params["userId"], field=field, value=body[field])
        return {}

    @delete("/_matrix/client/v3/profile/{userId}/{keyName}", limit="profile", spec="deleteProfileField", allows="free")
    async def delete_field(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Remove one field of one's own profile."""
        await self._profiles.delete_field(requester, request.params["userId"], field=request.params["keyName"])
        return {}
