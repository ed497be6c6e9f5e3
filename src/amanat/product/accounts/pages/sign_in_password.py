"""Signing in with a handle and a password, for those who have one."""

from amanat.core.errors import Forbidden
from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.handlers.login import PasswordLogin
from amanat.product.accounts.pages.visits import HOME, Visit, Visits, shown
from amanat.product.accounts.pages.ways import BY_PASSWORD, Ways


class PasswordSignInRoutes:
    """`/_amanat/account/sign-in/password`."""

    def __init__(self, visits: Visits, *, password_login: PasswordLogin, ways: Ways) -> None:
        self.visits = visits
        self._password_login = password_login
        self._ways = ways

    @get(BY_PASSWORD, auth="none", limit="pages")
    @shown
    async def show(self, visit: Visit) -> Response:
        """Show the form."""
        return self._page(visit, {})

    @post(BY_PASSWORD, auth="none", limit="sign_in")
    @shown
    async def sign_in(self, visit: Visit) -> Response:
        """Sign somebody in and lead them on."""
        typed, password = visit.form.text("user"), visit.form.raw("password")
        missing = {
            name: visit.words(key)
            for name, value, key in (
                ("user", typed, "password.missing_user"),
                ("password", password, "password.missing_password"),
            )
            if not value
        }
        if missing:
            return self._page(visit, missing, status=400)
        try:
            user = await self._password_login.identify(
                {"identifier": {"type": "m.id.user", "user": typed}, "password": password}
            )
        except Forbidden:
            return self._page(visit, {"password": visit.words("password.wrong")}, status=403)
        await visit.sign_in(user.user_id)
        return visit.go(visit.next or HOME)

    def _page(self, visit: Visit, problems: dict[str, str], *, status: int = 200) -> Response:
        user = visit.form.text("user")
        template, path = "sign_in_password.html", BY_PASSWORD
        return self._ways.page(visit, template, path=path, status=status, problems=problems, user=user)
