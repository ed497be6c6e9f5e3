"""Signing in with a handle and a password, for those who have one."""

from amanat.core.errors import Forbidden
from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.handlers.login import PasswordLogin
from amanat.product.accounts.pages.visits import HOME, SIGN_IN, Visit, Visits, shown

PATH = f"{SIGN_IN}/password"


class PasswordSignInRoutes:
    """`/_amanat/account/sign-in/password`."""

    def __init__(self, visits: Visits, *, password_login: PasswordLogin) -> None:
        self.visits = visits
        self._password_login = password_login

    @get(PATH, auth="none", limit="pages")
    @shown
    async def show(self, visit: Visit) -> Response:
        """Show the form."""
        return _page(visit, {})

    @post(PATH, auth="none", limit="sign_in")
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
            return _page(visit, missing, status=400)
        try:
            user = await self._password_login.identify(
                {"identifier": {"type": "m.id.user", "user": typed}, "password": password}
            )
        except Forbidden:
            return _page(visit, {"password": visit.words("password.wrong")}, status=403)
        await visit.sign_in(user.user_id)
        return visit.go(visit.next or HOME)


def _page(visit: Visit, problems: dict[str, str], *, status: int = 200) -> Response:
    again = visit.request.query("again") is not None
    user = visit.form.text("user")
    return visit.page("sign_in_password.html", status=status, problems=problems, user=user, again=again)
