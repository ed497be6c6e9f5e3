"""The page on which somebody lets an app in. Spec: client-server-api#authorisation-code-flow."""

from typing import Final
from urllib.parse import parse_qsl, urlencode

from msgspec import Struct

from amanat.core.errors import NotFound
from amanat.edge.percent import parse_query
from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.handlers.device_management import Devices
from amanat.product.accounts.oauth.authorization import Ask, Authorization, WrongAsk
from amanat.product.accounts.oauth.endpoints import AUTHORIZE
from amanat.product.accounts.oauth.errors import OAuthError
from amanat.product.accounts.oauth.known_apps import KnownApps
from amanat.product.accounts.oauth.redirects import form_action, target
from amanat.product.accounts.pages.chrome import Allowed
from amanat.product.accounts.pages.visits import Gone, Visit, Visits, shown, sign_in_path, signed_in

ALLOW: Final = "allow"


class Shown(Struct, frozen=True):
    """What somebody was shown, word for word as the app asked; sealed, so that nothing else is decided on."""

    query: str


class AuthorizeRoutes:
    """`/_amanat/oauth2/authorize`."""

    def __init__(
        self, visits: Visits, *, authorization: Authorization, devices: Devices, known_apps: KnownApps, sign_up: str
    ) -> None:
        """Let `sign_up` be the page that makes accounts."""
        self.visits = visits
        self._authorization = authorization
        self._devices = devices
        self._known_apps = known_apps
        self._sign_up = sign_up

    @get(AUTHORIZE, auth="none", limit="pages")
    @shown
    async def show(self, visit: Visit) -> Response:
        """Show what an app asks for."""
        query = visit.request.query_string
        try:
            ask = await self._authorization.read(parse_query(query))
        except WrongAsk as wrong:
            # Nobody is led away by what a stranger's link says: the person is told where it leads, and goes or not.
            return _wrong(visit, wrong.error, return_url=wrong.return_url, app=wrong.client.name)
        except OAuthError as error:
            return _wrong(visit, error)
        if ask.creates_account:
            return visit.go(f"{self._sign_up}?{urlencode({'next': _without_prompt(query)})}")
        if visit.session.user_id is None:
            return visit.go(sign_in_path(visit.request.target))
        return await self._page(visit, ask, query)

    async def _page(self, visit: Visit, ask: Ask, query: str) -> Response:
        if ask.scope.is_identity:
            return self._ask_for_identity(visit, ask, query)
        devices = {device.device_id: device for device in await self._devices.list(visit.user_id)}
        replaced = devices.get(ask.scope.device_id)
        if replaced is None and self._known_apps.is_own(ask.redirect_uri):
            # Who signs in on these pages to use the app of these pages has nothing to decide. A stranger's link gains
            # nothing: the app drops a code that it did not ask for, and nobody else has what it takes to use one.
            return visit.go(await self._authorization.allow(ask, visit.user_id))
        return self._show_ask(
            visit,
            ask,
            query=query,
            device_id=ask.scope.device_id,
            replaced=None if replaced is None else replaced.display_name or replaced.device_id,
        )

    def _ask_for_identity(self, visit: Visit, ask: Ask, query: str) -> Response:
        return self._show_ask(visit, ask, query=query, told=visit.user_id)

    def _show_ask(self, visit: Visit, ask: Ask, *, query: str, **more: str | None) -> Response:
        return visit.page(
            "oauth_identity.html" if ask.scope.is_identity else "oauth_authorize.html",
            allowed=Allowed(form_to=(form_action(ask.redirect_uri),)),
            app=ask.client.name,
            host=ask.client.metadata.host,
            target=target(ask.redirect_uri),
            known=self._known_apps.has(ask.client),
            tos_uri=ask.client.metadata.tos_uri,
            policy_uri=ask.client.metadata.policy_uri,
            ask=self.visits.seals.seal(visit.session, Shown(query)),
            **more,
        )

    @post(AUTHORIZE, auth="none", limit="pages")
    @signed_in
    async def decide(self, visit: Visit) -> Response:
        """Let the app in, or not, and go back to it."""
        seen = self.visits.seals.open(visit.session, visit.form.raw("ask"), kind=Shown)
        if seen is None:
            raise Gone
        try:
            ask = await self._authorization.read(parse_query(seen.query))
        except (WrongAsk, OAuthError):
            # It was right when it was shown: the app has been forgotten since.
            raise NotFound from None
        if visit.form.raw("decision") == ALLOW:
            return visit.go(await self._authorization.allow(ask, visit.user_id))
        return visit.go(self._authorization.deny(ask))


def _wrong(visit: Visit, error: OAuthError, *, return_url: str | None = None, app: str = "") -> Response:
    return visit.page(
        "oauth_wrong.html",
        status=400,
        app=app,
        return_url=return_url,
        target="" if return_url is None else target(return_url.partition("#")[0]),
        code=error.code,
        description=error.error,
    )


def _without_prompt(query: str) -> str:
    """Return the address of this page for who has made their account."""
    kept = [(name, value) for name, value in parse_qsl(query) if name != "prompt"]
    return f"{AUTHORIZE}?{urlencode(kept)}"
