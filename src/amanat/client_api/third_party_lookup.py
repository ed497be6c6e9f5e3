"""Bridges to other networks, of which there are none. Spec: client-server-api#third-party-networks."""

from typing import Any

from amanat.core.errors import NotFound
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get

_ROOT = "/_matrix/client/v3/thirdparty"


class ThirdPartyLookupRoutes:
    """`/thirdparty`, which clients ask at start."""

    @get(f"{_ROOT}/protocols", spec="getProtocols")
    async def get_protocols(self, _request: Request, _requester: Requester) -> dict[str, Any]:
        """Answer that there are none."""
        return {}

    @get(f"{_ROOT}/protocol/{{protocol}}", spec="getProtocolMetadata")
    async def get_protocol(self, _request: Request, _requester: Requester) -> dict[str, Any]:
        """Refuse: there is no such protocol."""
        raise NotFound("There are no bridges on this server.")

    @get(f"{_ROOT}/location", spec="queryLocationByAlias")
    async def get_locations(self, _request: Request, _requester: Requester) -> list[Any]:
        """Answer that an alias leads nowhere else."""
        return []

    @get(f"{_ROOT}/location/{{protocol}}", spec="queryLocationByProtocol")
    async def get_protocol_locations(self, _request: Request, _requester: Requester) -> list[Any]:
        """Refuse: there is no such protocol."""
        raise NotFound("There are no bridges on this server.")

    @get(f"{_ROOT}/user", spec="queryUserByID")
    async def get_users(self, _request: Request, _requester: Requester) -> list[Any]:
        """Answer that nobody comes from elsewhere."""
        return []

    @get(f"{_ROOT}/user/{{protocol}}", spec="queryUserByProtocol")
    async def get_protocol_users(self, _request: Request, _requester: Requester) -> list[Any]:
        """Refuse: there is no such protocol."""
        raise NotFound("There are no bridges on this server.")
