"""The page of the browsers that are signed in to these pages."""

from typing import Final

from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.product.accounts.pages.visits import HOME, Visit, Visits, signed_in

PATH: Final = f"{HOME}browsers"


class BrowserListRoutes:
    """`/_amanat/account/browsers`."""

    def __init__(self, visits: Visits) -> None:
        self.visits = visits

    @get(PATH, auth="none", limit="pages")
    @signed_in
    async def show(self, visit: Visit) -> Response:
        """List them."""
        sessions = await self.visits.sessions.list(visit.user_id)
        return visit.page("browsers.html", sessions=sessions, own_key=visit.session.key)

    @post(PATH, auth="none", limit="pages")
    @signed_in
    async def end_others(self, visit: Visit) -> Response:
        """Sign out all but this one."""
        await self.visits.sessions.end_all(visit.user_id, but=visit.session.key)
        return visit.go(f"{PATH}?done=1")
