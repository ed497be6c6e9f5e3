"""The page of one's PIN: it is offered once after signing up, can be passed over, set later, changed and removed."""

from typing import Final
from urllib.parse import urlencode

from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.product.accounts.credentials.errors import WeakPin
from amanat.product.accounts.credentials.pins import Pins
from amanat.product.accounts.pages.visits import HOME, Visit, Visits, recently_signed_in

PATH: Final = f"{HOME}pin"
REMOVE: Final = f"{PATH}/remove"


class PinRoutes:
    """`/_amanat/account/pin`."""

    def __init__(self, visits: Visits, *, pins: Pins) -> None:
        self.visits = visits
        self._pins = pins

    @get(PATH, auth="none", limit="pages")
    @recently_signed_in
    async def show(self, visit: Visit) -> Response:
        """Say what a PIN is good for, and offer one."""
        return await self._page(visit)

    @post(PATH, auth="none", limit="sign_in")
    @recently_signed_in
    async def set(self, visit: Visit) -> Response:
        """Set it."""
        pin, repeated = visit.form.text("pin"), visit.form.text("repeated")
        if pin != repeated:
            return await self._page(visit, {"repeated": visit.words("pin.differs")})
        try:
            await self._pins.set(visit.user_id, pin)
        except WeakPin:
            return await self._page(visit, {"pin": visit.words("pin.weak")})
        welcome = visit.request.query("welcome") is not None
        return visit.go((visit.next or HOME) if welcome else f"{PATH}?done=1")

    @post(REMOVE, auth="none", limit="sign_in")
    @recently_signed_in
    async def remove(self, visit: Visit) -> Response:
        """Let the number open the account by itself."""
        await self._pins.remove(visit.user_id)
        return visit.go(f"{PATH}?done=1")

    async def _page(self, visit: Visit, problems: dict[str, str] | None = None) -> Response:
        welcome = visit.request.query("welcome") is not None
        return visit.page(
            "pin.html",
            status=400 if problems else 200,
            problems=problems or {},
            is_set=await self._pins.lapses_ts(visit.user_id) is not None,
            later=(visit.next or HOME) if welcome else None,
        )


def welcome_path(and_then: str | None) -> str:
    """Return the address at which somebody new is offered a PIN, before they go where they wanted."""
    return f"{PATH}?{urlencode({'welcome': '1'} | ({} if and_then is None else {'next': and_then}))}"
