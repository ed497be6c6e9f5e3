"""Finding somebody by their phone number: one at a time, seldom, and only who lets themselves be found so."""

from collections.abc import Sequence

from msgspec import UNSET, Struct, UnsetType

from amanat.core import phone_numbers
from amanat.core.errors import NotFound
from amanat.core.requester import Requester
from amanat.edge.openapi import described
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.accounts import Accounts
from amanat.handlers.people import People
from amanat.product.accounts.pages.findable import Findable
from amanat.product.accounts.phone.phones import Phones


class NumberSought(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number, as a person writes it."""

    number: str


class PersonFound(Struct, frozen=True, kw_only=True):
    """Whose number it is."""

    user_id: str
    handle: str | UnsetType = UNSET
    display_name: str | UnsetType = UNSET


class Finding:
    """Finds people by their numbers. It is done alike, whether or not a number has an account."""

    def __init__(
        self, *, phones: Phones, findable: Findable, accounts: Accounts, people: People, countries: Sequence[str]
    ) -> None:
        self._phones = phones
        self._findable = findable
        self._accounts = accounts
        self._people = people
        self._countries = countries

    async def by_number(self, written: str) -> PersonFound:
        """Return who has a number and may be found by it; raises NotFound and NumberRefused."""
        number = phone_numbers.parse(written, countries=self._countries)
        user_id = await self._phones.owner(self._phones.hash_of(number.e164)) or ""
        may, account = await self._findable.is_on(user_id), await self._accounts.get(user_id)
        if not may or account is None or account.deactivated_ts is not None:
            raise NotFound("Nobody lets themselves be found by this number.")
        appearance = (await self._people.of([user_id])).get(user_id)
        name = None if appearance is None else appearance.displayname
        return PersonFound(user_id=user_id, handle=account.handle or UNSET, display_name=name or UNSET)


class FindByNumberRoutes:
    """`/_amanat/v1/people`."""

    def __init__(self, finding: Finding) -> None:
        self._finding = finding

    @post("/_amanat/v1/people/by_number", limit="find_by_number")
    @described(takes=NumberSought)
    async def find(self, request: Request, _requester: Requester) -> PersonFound:
        """Find the person who has a phone number, if they let themselves be found by it."""
        return await self._finding.by_number((await request.struct(NumberSought)).number)
