"""Pages on which somebody confirms what an app is about to do in their name.

Spec: client-server-api#fallback, client-server-api#oauth-authentication.
"""

from typing import Final

from msgspec import Struct

from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.handlers.interactive_auth import SSO, InteractiveAuth
from amanat.product.accounts.oauth.approvals import ResetApprovals
from amanat.product.accounts.oauth.endpoints import BASE
from amanat.product.accounts.pages.visits import Gone, Visit, Visits, recently_signed_in

FALLBACK: Final = f"/_matrix/client/v3/auth/{SSO}/fallback/web"
RESET: Final = f"{BASE}/cross-signing-reset"


class Act(Struct, frozen=True):
    """What somebody was asked to confirm, by the session of the app that asks."""

    session: str


class ConfirmRoutes:
    """The fallback page of `m.login.sso`, and the page on which a new identity is allowed."""

    def __init__(self, visits: Visits, *, interactive_auth: InteractiveAuth, resets: ResetApprovals) -> None:
        self.visits = visits
        self._interactive_auth = interactive_auth
        self._resets = resets

    @get(FALLBACK, auth="none", limit="pages")
    @recently_signed_in
    async def show(self, visit: Visit) -> Response:
        """Say what an app is about to do."""
        session = visit.request.query("session") or ""
        purpose = self._interactive_auth.waiting(session)
        if purpose is None or purpose.owner != visit.user_id:
            raise Gone
        kind, _, subject = purpose.operation.partition("\n")
        said = f"oauth_act.{kind.replace(' ', '_')}"
        return visit.page(
            "oauth_confirm.html",
            action=FALLBACK,
            said=said if visit.words.has(said) else "oauth_act.other",
            subject=subject,
            seen=self.visits.seals.seal(visit.session, Act(session)),
        )

    @post(FALLBACK, auth="none", limit="pages")
    @recently_signed_in
    async def confirm(self, visit: Visit) -> Response:
        """Tell the app that it was confirmed."""
        seen = self.visits.seals.open(visit.session, visit.form.raw("seen"), kind=Act)
        if seen is None:
            raise Gone
        self._interactive_auth.confirm(seen.session, SSO, owner=visit.user_id)
        return visit.page("oauth_confirmed.html")

    @get(RESET, auth="none", limit="pages")
    @recently_signed_in
    async def show_reset(self, visit: Visit) -> Response:
        """Say what a new identity means."""
        return visit.page("oauth_reset.html", action=RESET)

    @post(RESET, auth="none", limit="pages")
    @recently_signed_in
    async def allow_reset(self, visit: Visit) -> Response:
        """Allow it, for a while and once."""
        self._resets.approve(visit.user_id)
        return visit.page("oauth_reset_allowed.html")
