"""Where the OAuth 2.0 API is. Spec: client-server-api#server-metadata-discovery."""

from collections.abc import Mapping
from typing import Any

from amanat.edge.request import Request
from amanat.edge.routes import get


class OAuthServerMetadataRoutes:
    """`/auth_metadata`, also where apps looked before it was in the specification, and where RFC 8414 puts it."""

    def __init__(self, metadata: Mapping[str, Any]) -> None:
        self._metadata = metadata

    @get("/_matrix/client/v1/auth_metadata", auth="none", spec="getAuthMetadata")
    @get("/_matrix/client/unstable/org.matrix.msc2965/auth_metadata", auth="none")
    @get("/.well-known/oauth-authorization-server", auth="none")
    async def get_metadata(self, _request: Request) -> Mapping[str, Any]:
        """Answer the same to everybody."""
        return self._metadata
