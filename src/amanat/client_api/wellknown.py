"""Where clients find this server, and its people for help. Spec: client-server-api#well-known-uris."""

from typing import Any

from amanat.core.errors import NotFound
from amanat.edge.request import Request
from amanat.edge.routes import get


class WellknownRoutes:
    """`/.well-known/matrix`."""

    def __init__(self, *, public_url: str, support_page: str | None, support_email: str | None) -> None:
        self._public_url = public_url.rstrip("/")
        self._support: dict[str, Any] = {}
        if support_email is not None:
            self._support["contacts"] = [{"email_address": support_email, "role": "m.role.admin"}]
        if support_page is not None:
            self._support["support_page"] = support_page

    @get("/.well-known/matrix/client", auth="none", spec="getWellknown")
    async def get_client(self, _request: Request) -> dict[str, Any]:
        """Answer with this server's address."""
        return {"m.homeserver": {"base_url": self._public_url}}

    @get("/.well-known/matrix/support", auth="none", spec="getWellknownSupport")
    async def get_support(self, _request: Request) -> dict[str, Any]:
        """Answer whom to ask for help, if the operator says so."""
        if not self._support:
            raise NotFound("The operator names nobody to ask.")
        return self._support
