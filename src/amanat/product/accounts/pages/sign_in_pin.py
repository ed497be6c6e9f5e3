"""The PIN of an account whose number somebody holds: right, it opens the account; unknown, it keeps it closed."""

from typing import Final

from amanat.core.errors import LimitExceeded
from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.product.accounts.credentials.errors import WrongPin
from amanat.product.accounts.pages.code_asking import minutes_of
from amanat.product.accounts.pages.number_holders import NumberHolders
from amanat.product.accounts.pages.steps import Proved
from amanat.product.accounts.pages.visits import HOME, SIGN_IN, Gone, Visit, Visits, shown
from amanat.product.accounts.pages.ways import SIGN_UP

PIN: Final = f"{SIGN_IN}/pin"
ANEW: Final = f"{PIN}/anew"


class PinSignInRoutes:
    """`/_amanat/account/sign-in/pin`."""

    def __init__(self, visits: Visits, *, holders: NumberHolders) -> None:
        self.visits = visits
        self._holders = holders

    @get(PIN, auth="none", limit="pages")
    @shown
    async def show(self, visit: Visit) -> Response:
        """Ask for the PIN."""
        return await self._page(visit, _owner(visit.told(Proved)))

    @post(PIN, auth="none", limit="sign_in")
    @shown
    async def enter(self, visit: Visit) -> Response:
        """Open the account with its PIN."""
        proved = visit.told(Proved)
        owner = _owner(proved)
        try:
            await self._holders.pins.check(owner, visit.form.text("pin"))
        except WrongPin:
            return await self._page(visit, owner, visit.words("pin.wrong"))
        except LimitExceeded as error:
            return await self._page(visit, owner, visit.words("pin.wait", minutes=minutes_of(error)))
        await self._holders.tell_entered(owner)
        await visit.sign_in(owner)
        return visit.go(proved.next or HOME)

    @post(ANEW, auth="none", limit="sign_in")
    @shown
    async def begin_anew(self, visit: Visit) -> Response:
        """Lead to a new account with this number, once the lock of the old one has lapsed."""
        proved = visit.told(Proved)
        if await self._holders.pins.locks(_owner(proved)):
            return await self._page(visit, _owner(proved))
        return visit.go(f"{SIGN_UP}?s={visit.request.query('s')}")

    async def _page(self, visit: Visit, owner: str, problem: str | None = None) -> Response:
        return visit.page(
            "sign_in_pin.html",
            status=200 if problem is None else 403,
            problems={} if problem is None else {"pin": problem},
            locked=await self._holders.pins.locks(owner),
            anew=f"{ANEW}?s={visit.request.query('s')}",
        )


def _owner(proved: Proved) -> str:
    if proved.owner is None:
        raise Gone
    return proved.owner
