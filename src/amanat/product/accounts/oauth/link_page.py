"""The page on which somebody lets in a device that waits. Spec: client-server-api#device-authorisation-flow."""

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from amanat.core.errors import NotFound
from amanat.edge.rate_limit import RateLimiter
from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.product.accounts.oauth.authorize_page import ALLOW
from amanat.product.accounts.oauth.device_grant import DeviceGrant, Waiting, WrongCheckCode, typed
from amanat.product.accounts.oauth.device_grant import shown as in_halves
from amanat.product.accounts.oauth.endpoints import LINK
from amanat.product.accounts.oauth.known_apps import KnownApps
from amanat.product.accounts.oauth.network import network_of
from amanat.product.accounts.pages.visits import Gone, Visit, Visits, signed_in

DECIDE: Final = f"{LINK}/decide"
MINUTE_MS: Final = 60_000


class Seen(Struct, frozen=True):
    """The device that somebody was shown, by the letters of its code."""

    letters: str


class LinkRoutes:
    """`/_amanat/oauth2/link`."""

    def __init__(
        self,
        visits: Visits,
        *,
        device_grant: DeviceGrant,
        known_apps: KnownApps,
        limiter: RateLimiter | None,
        now_ms: Callable[[], int],
    ) -> None:
        """Let `limiter` have the class `device_code`, which counts the codes that an account tries."""
        self.visits = visits
        self._device_grant = device_grant
        self._known_apps = known_apps
        self._limiter = limiter
        self._now_ms = now_ms

    @get(LINK, auth="none", limit="pages")
    @signed_in
    async def show(self, visit: Visit) -> Response:
        """Show the device of a link, or ask for its code."""
        # Digits that came with the link count for nothing: they are to be read from the device itself.
        letters, _ = typed(visit.request.query("user_code") or "")
        if not letters:
            return _ask_code(visit)
        return await self._device(visit, letters)

    @post(LINK, auth="none", limit="pages")
    @signed_in
    async def enter(self, visit: Visit) -> Response:
        """Show the device whose code somebody typed."""
        letters, digits = typed(visit.form.text("code"))
        return await self._device(visit, letters, digits=digits)

    async def _device(self, visit: Visit, letters: str, *, digits: str = "") -> Response:
        if self._limiter is not None:
            self._limiter.check_account("device_code", visit.user_id)
        waiting = await self._device_grant.find(letters)
        if waiting is None:
            return _ask_code(visit, wrong=True)
        return self._page(visit, waiting, digits=digits)

    def _page(self, visit: Visit, waiting: Waiting, *, digits: str = "", wrong: bool = False) -> Response:
        problems = {"digits": visit.words("oauth_link.wrong_digits")} if wrong else {}
        return visit.page(
            "oauth_link.html",
            status=403 if wrong else 200,
            decide=DECIDE,
            problems=problems,
            app=waiting.client.name,
            host=waiting.client.metadata.host,
            known=self._known_apps.has(waiting.client),
            code=in_halves(waiting.letters),
            digits=digits,
            place=waiting.place,
            same_place=waiting.place == network_of(visit.request.client_address),
            minutes=1 + (self._now_ms() - waiting.began_ts) // MINUTE_MS,
            seen=self.visits.seals.seal(visit.session, Seen(waiting.letters)),
        )

    @post(DECIDE, auth="none", limit="pages")
    @signed_in
    async def decide(self, visit: Visit) -> Response:
        """Let the device in, or keep it out."""
        seen = self.visits.seals.open(visit.session, visit.form.raw("seen"), kind=Seen)
        if seen is None:
            raise Gone
        if visit.form.raw("decision") != ALLOW:
            await self._device_grant.deny(seen.letters, user_id=visit.user_id)
            return visit.page("oauth_linked.html", done=False)
        _, digits = typed(visit.form.text("digits"))
        try:
            await self._device_grant.approve(seen.letters, digits=digits, user_id=visit.user_id)
        except NotFound:
            raise Gone from None
        except WrongCheckCode:
            waiting = await self._device_grant.find(seen.letters)
            if waiting is None:
                return visit.page("oauth_linked.html", status=403, done=False)
            return self._page(visit, waiting, wrong=True)
        return visit.page("oauth_linked.html", done=True)


def _ask_code(visit: Visit, *, wrong: bool = False) -> Response:
    problems = {"code": visit.words("oauth_link.wrong_code")} if wrong else {}
    return visit.page("oauth_code.html", status=404 if wrong else 200, action=LINK, problems=problems)
