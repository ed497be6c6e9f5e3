"""The account page, which leads to all others, and signing out."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.handlers.accounts import Accounts
from amanat.product.accounts.pages.deactivation import PATH as DEACTIVATE
from amanat.product.accounts.pages.devices import ONE as ONE_DEVICE
from amanat.product.accounts.pages.devices import PATH as DEVICES
from amanat.product.accounts.pages.places import Place
from amanat.product.accounts.pages.profile import PATH as PROFILE
from amanat.product.accounts.pages.visits import HOME, SIGN_IN, Visit, Visits, shown, signed_in

SIGN_OUT: Final = f"{HOME}sign-out"

# spec: client-server-api#account-management-url-actions
ACTIONS: Final[Mapping[str, str]] = {
    "org.matrix.profile": PROFILE,
    "org.matrix.devices_list": DEVICES,
    "org.matrix.device_view": ONE_DEVICE,
    "org.matrix.device_delete": ONE_DEVICE,
    "org.matrix.account_deactivate": DEACTIVATE,
    # What apps said before the proposal (MSC4191) was accepted.
    "org.matrix.sessions_list": DEVICES,
    "org.matrix.session_view": ONE_DEVICE,
    "org.matrix.session_end": ONE_DEVICE,
}
"""The pages of what an app may lead to. Resetting the keys that devices are trusted by is the OAuth pages' own."""


class HomeRoutes:
    """`/_amanat/account/`."""

    def __init__(
        self, visits: Visits, *, accounts: Accounts, places: Sequence[Place], actions: Mapping[str, str]
    ) -> None:
        """Let `places` be what is led to, and `actions` the pages by what apps call them; both may still grow."""
        self.visits = visits
        self._actions = actions
        self._accounts = accounts
        self._places = places

    @get(HOME, HOME.rstrip("/"), auth="none", limit="pages")
    @signed_in
    async def show(self, visit: Visit) -> Response:
        """Show what there is, or lead to what an app says that its user wants to do."""
        wanted = self._actions.get(visit.request.query("action") or "")
        if wanted is not None:
            device_id = visit.request.query("device_id")
            about = wanted == ONE_DEVICE and device_id is not None
            return visit.go(f"{wanted}?device_id={quote(device_id or '', safe='')}" if about else wanted)
        account = await self._accounts.get(visit.user_id)
        handle = None if account is None else account.handle
        return visit.page("home.html", handle=handle, places=self._places)

    @post(SIGN_OUT, auth="none", limit="pages")
    @shown
    async def sign_out(self, visit: Visit) -> Response:
        """End this browser's session."""
        await visit.sign_out()
        return visit.go(SIGN_IN)
