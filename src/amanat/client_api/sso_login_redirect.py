"""Apps that know no OAuth 2.0 send people here to sign in. Spec: client-server-api#client-login-via-sso."""

from urllib.parse import urlencode

from amanat.core.errors import NotFound
from amanat.edge.request import Request
from amanat.edge.responses import CORS, Response
from amanat.edge.routes import get
from amanat.product.accounts.oauth.sso_page import checked_target, sign_on_path


class SsoLoginRedirectRoutes:
    """`/login/sso/redirect`."""

    def __init__(self, *, sign_up: str) -> None:
        """Let `sign_up` be the page that makes accounts."""
        self._sign_up = sign_up

    @get("/_matrix/client/v3/login/sso/redirect", auth="none", limit="pages", spec="redirectToSSO")
    async def redirect(self, request: Request) -> Response:
        """Lead to the page that asks, by way of signing in or up."""
        page = sign_on_path(checked_target(request.query_required("redirectUrl")))
        action = request.query("action") or request.query("org.matrix.msc3824.action")
        if action == "register":
            page = f"{self._sign_up}?{urlencode({'next': page})}"
        return Response(302, b"", [*CORS, (b"location", page.encode("ascii")), (b"cache-control", b"no-store")])

    @get("/_matrix/client/v3/login/sso/redirect/{idpId}", auth="none", limit="pages", spec="redirectToIdP")
    async def redirect_to_provider(self, _request: Request) -> Response:
        """Refuse: people sign in here and nowhere else."""
        raise NotFound("There are no other identity providers; use /login/sso/redirect.")
