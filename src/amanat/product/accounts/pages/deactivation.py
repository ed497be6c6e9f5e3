"""The page on which a person ends their account."""

from typing import Final

from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.handlers.account_deactivation import Deactivation
from amanat.product.accounts.pages.visits import HOME, Visit, Visits, recently_signed_in, shown

PATH: Final = f"{HOME}deactivate"
GONE: Final = f"{HOME}gone"


class DeactivationRoutes:
    """`/_amanat/account/deactivate`."""

    def __init__(self, visits: Visits, *, deactivation: Deactivation) -> None:
        self.visits = visits
        self._deactivation = deactivation

    @get(PATH, auth="none", limit="pages")
    @recently_signed_in
    async def show(self, visit: Visit) -> Response:
        """Say what it means, and ask."""
        return _page(visit)

    @post(PATH, auth="none", limit="sign_in")
    @recently_signed_in
    async def deactivate(self, visit: Visit) -> Response:
        """End the account and all its sessions."""
        if "understood" not in visit.form:
            return _page(visit, {"understood": visit.words("deactivate.unconfirmed")})
        user_id = visit.user_id
        await self._deactivation.deactivate(user_id, erase="erase" in visit.form)
        await self.visits.sessions.forget(user_id)
        await visit.sign_out()
        return visit.go(GONE)

    @get(GONE, auth="none", limit="pages")
    @shown
    async def show_gone(self, visit: Visit) -> Response:
        """Say that it is done."""
        return visit.page("gone.html")


def _page(visit: Visit, problems: dict[str, str] | None = None) -> Response:
    return visit.page("deactivate.html", status=400 if problems else 200, problems=problems or {})
