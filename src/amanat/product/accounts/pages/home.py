"""The account page, which leads to all others, and signing out."""

from collections.abc import Sequence
from typing import Final

from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.handlers.accounts import Accounts
from amanat.product.accounts.pages.places import Place
from amanat.product.accounts.pages.visits import HOME, SIGN_IN, Visit, Visits, shown, signed_in

SIGN_OUT: Final = f"{HOME}sign-out"


class HomeRoutes:
    """`/_amanat/account/`."""

    def __init__(self, visits: Visits, *, accounts: Accounts, places: Sequence[Place]) -> None:
        """Let `places` be what is led to; others may still be added to it."""
        self.visits = visits
        self._accounts = accounts
        self._places = places

    @get(HOME, HOME.rstrip("/"), auth="none", limit="pages")
    @signed_in
    async def show(self, visit: Visit) -> Response:
        """Show what there is."""
        account = await self._accounts.get(visit.user_id)
        handle = None if account is None else account.handle
        return visit.page("home.html", handle=handle, places=self._places)

    @post(SIGN_OUT, auth="none", limit="pages")
    @shown
    async def sign_out(self, visit: Visit) -> Response:
        """End this browser's session."""
        await visit.sign_out()
        return visit.go(SIGN_IN)
