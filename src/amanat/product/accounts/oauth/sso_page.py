"""Single sign-on for apps that know no OAuth 2.0: the page that names where a login token goes, before it goes there.

Spec: client-server-api#client-login-via-sso.
"""

from typing import Final
from urllib.parse import urlencode

from msgspec import Struct

from amanat.core.errors import InvalidParam
from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.product.accounts.oauth.authorize_page import ALLOW
from amanat.product.accounts.oauth.endpoints import BASE
from amanat.product.accounts.oauth.login_tokens import LoginTokens
from amanat.product.accounts.oauth.redirects import answer, form_action, is_login_target, target
from amanat.product.accounts.pages.chrome import Allowed
from amanat.product.accounts.pages.visits import HOME, Gone, Visit, Visits, signed_in

SIGN_ON: Final = f"{BASE}/sso"


class Target(Struct, frozen=True):
    """Where somebody was told that their login token goes."""

    redirect_url: str


class SsoRoutes:
    """`/_amanat/oauth2/sso`."""

    def __init__(self, visits: Visits, *, tokens: LoginTokens) -> None:
        self.visits = visits
        self._tokens = tokens

    @get(SIGN_ON, auth="none", limit="pages")
    @signed_in
    async def show(self, visit: Visit) -> Response:
        """Name the app that wants to sign in."""
        url = checked_target(visit.request.query("redirectUrl"))
        plain = url.partition("#")[0]
        return visit.page(
            "oauth_sso.html",
            allowed=Allowed(form_to=(form_action(plain),)),
            target=target(plain),
            seen=self.visits.seals.seal(visit.session, Target(url)),
        )

    @post(SIGN_ON, auth="none", limit="pages")
    @signed_in
    async def decide(self, visit: Visit) -> Response:
        """Send a login token there, or stay here."""
        seen = self.visits.seals.open(visit.session, visit.form.raw("seen"), kind=Target)
        if seen is None:
            raise Gone
        if visit.form.raw("decision") != ALLOW:
            return visit.go(HOME)
        plain, hash_sign, fragment = seen.redirect_url.partition("#")
        token = await self._tokens.new(visit.user_id)
        return visit.go(answer(plain, {"loginToken": token}, mode="query") + hash_sign + fragment)


def checked_target(redirect_url: str | None) -> str:
    """Return where an app wants its login token; raises InvalidParam if that is no place for one."""
    if redirect_url is None or not is_login_target(redirect_url):
        raise InvalidParam("The redirectUrl must be the address of a site or of an app.")
    return redirect_url


def sign_on_path(redirect_url: str) -> str:
    """Return the address of the page that asks somebody about this app."""
    return f"{SIGN_ON}?{urlencode({'redirectUrl': redirect_url})}"
