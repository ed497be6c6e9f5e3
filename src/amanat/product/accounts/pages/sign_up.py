"""Signing up: a handle and a name for whoever holds a number, or will have a passkey."""

from typing import Final
from urllib.parse import urlencode

from amanat.core.errors import Forbidden, InvalidUsername, UserInUse
from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.product.accounts.pages.names import name_problem
from amanat.product.accounts.pages.number_holders import NumberHolders
from amanat.product.accounts.pages.pin import welcome_path
from amanat.product.accounts.pages.sign_ups import NotInvited, Person, SignUps
from amanat.product.accounts.pages.steps import Chosen, Proved
from amanat.product.accounts.pages.visits import Gone, Visit, Visits, shown, sign_in_path
from amanat.product.accounts.pages.ways import SIGN_UP, Ways

PASSKEY: Final = f"{SIGN_UP}/passkey"


class SignUpRoutes:
    """`/_amanat/account/sign-up`."""

    def __init__(self, visits: Visits, *, sign_ups: SignUps, holders: NumberHolders, ways: Ways) -> None:
        self.visits = visits
        self._sign_ups = sign_ups
        self._holders = holders
        self._ways = ways

    @get(SIGN_UP, auth="none", limit="pages")
    @shown
    async def show(self, visit: Visit) -> Response:
        """Ask for a handle and a name; who has proved nothing yet is asked for a number first, where one can be."""
        if visit.request.query("s") is None:
            wants_none = visit.request.query("without_number") is not None
            if not self._ways.without_number or (self._ways.by_number and not wants_none):
                return visit.go(sign_in_path(visit.next or "/_amanat/account/"))
            return self._page(visit)
        await self._proved(visit)
        return self._page(visit)

    @post(SIGN_UP, auth="none", limit="sign_in")
    @shown
    async def make(self, visit: Visit) -> Response:
        """Make the account, or lead to the passkey that it needs."""
        has_number = visit.request.query("s") is not None
        proved = await self._proved(visit) if has_number else None
        try:
            person = await self._person(visit)
            if proved is None:
                return await self._ask_passkey(visit, person)
            user_id = await self._sign_ups.with_number(person, proved)
        except _Wrong as wrong:
            return self._page(visit, {wrong.field: visit.words(wrong.key)})
        except UserInUse:
            return self._page(visit, {"handle": visit.words("names.taken")})
        await visit.sign_in(user_id)
        return visit.go(welcome_path(proved.next))

    async def _proved(self, visit: Visit) -> Proved:
        """Return whose number was proved, if it may make a new account; raises Gone."""
        proved = visit.told(Proved)
        if proved.owner is not None and await self._holders.pins.locks(proved.owner):
            raise Forbidden("The account of this number is locked by its PIN.")
        if proved.owner is not None and await self._holders.pins.lapses_ts(proved.owner) is None:
            # Without a PIN the number opens the account that it has.
            raise Gone
        return proved

    async def _person(self, visit: Visit) -> Person:
        handle, name = visit.form.text("handle"), visit.form.text("name")
        if not handle:
            raise _Wrong("handle", "sign_up.missing_handle")
        problem = name_problem(name)
        if problem is not None:
            raise _Wrong("name", problem)
        try:
            return await self._sign_ups.person(handle, name)
        except InvalidUsername:
            raise _Wrong("handle", "names.bad_handle") from None

    async def _ask_passkey(self, visit: Visit, person: Person) -> Response:
        if not self._ways.without_number:
            raise Gone
        token = visit.form.text("token")
        try:
            await self._sign_ups.invitation(token)
        except NotInvited:
            raise _Wrong("token", "sign_up.bad_token") from None
        handle = person.names.handle or ""
        return visit.step(PASSKEY, Chosen(person.names.user_id, handle, person.display_name, token, visit.next))

    def _page(self, visit: Visit, problems: dict[str, str] | None = None) -> Response:
        return visit.page(
            "sign_up.html",
            status=400 if problems else 200,
            problems=problems or {},
            typed={name: visit.form.text(name) for name in ("handle", "name", "token")},
            asks_token=visit.request.query("s") is None and self._sign_ups.needs_token,
            action="",
        )


def again_path(and_then: str | None) -> str:
    """Return where the form for somebody without a number is sent."""
    asked = {"without_number": "1"} | ({} if and_then is None else {"next": and_then})
    return f"{SIGN_UP}?{urlencode(asked)}"


class _Wrong(Exception):
    """Something was typed that cannot be: the field, and the key of what is said of it."""

    def __init__(self, field: str, key: str) -> None:
        super().__init__(key)
        self.field = field
        self.key = key
