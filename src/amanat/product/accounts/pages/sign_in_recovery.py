"""Signing in with a recovery key, for who has lost number, phone and passkeys."""

from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.product.accounts.credentials.errors import WrongRecoveryKey
from amanat.product.accounts.credentials.recovery_keys import RecoveryKeys
from amanat.product.accounts.pages.visits import HOME, Visit, Visits, shown
from amanat.product.accounts.pages.ways import BY_RECOVERY_KEY, Ways


class RecoverySignInRoutes:
    """`/_amanat/account/sign-in/recovery`."""

    def __init__(self, visits: Visits, *, recovery_keys: RecoveryKeys, ways: Ways) -> None:
        self.visits = visits
        self._recovery_keys = recovery_keys
        self._ways = ways

    @get(BY_RECOVERY_KEY, auth="none", limit="pages")
    @shown
    async def show(self, visit: Visit) -> Response:
        """Ask for the key."""
        return self._page(visit, {})

    @post(BY_RECOVERY_KEY, auth="none", limit="sign_in")
    @shown
    async def sign_in(self, visit: Visit) -> Response:
        """Sign in whoever's key it is."""
        try:
            user_id = await self._recovery_keys.use(visit.form.raw("key"))
        except WrongRecoveryKey:
            return self._page(visit, {"key": visit.words("recover.wrong")})
        await visit.sign_in(user_id)
        return visit.go(visit.next or HOME)

    def _page(self, visit: Visit, problems: dict[str, str]) -> Response:
        status = 403 if problems else 200
        key = visit.form.text("key")
        return self._ways.page(
            visit, "sign_in_recovery.html", path=BY_RECOVERY_KEY, status=status, problems=problems, key=key
        )
