"""Signing in: which way."""

from amanat.edge.responses import Response
from amanat.edge.routes import get
from amanat.product.accounts.pages.sign_in_password import PATH as PASSWORD_PATH
from amanat.product.accounts.pages.visits import SIGN_IN, Visit, Visits, shown


class SignInRoutes:
    """`/_amanat/account/sign-in`."""

    def __init__(self, visits: Visits) -> None:
        self.visits = visits

    @get(SIGN_IN, auth="none", limit="pages")
    @shown
    async def show(self, visit: Visit) -> Response:
        """Lead to the way there is."""
        query = visit.request.query_string
        return visit.go(f"{PASSWORD_PATH}?{query}" if query else PASSWORD_PATH)
