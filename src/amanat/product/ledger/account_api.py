"""What an account may ask of people who allow it that: a bot's gateway reads with it a number that somebody shares.

What is read goes through the ledger. The contract "What a third party reads goes through the ledger" of
`.importlinter` holds that.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from amanat.core import scopes
from amanat.core.errors import InvalidParam
from amanat.core.identifiers import fits
from amanat.core.requester import Requester
from amanat.edge.openapi import described
from amanat.edge.request import Request
from amanat.edge.routes import get, post
from amanat.product.ledger.grants import Grants
from amanat.product.ledger.ledger import Disclosure, Ledger
from amanat.product.ledger.partner_api import Disclosed

MOST: Final = 100


class Asked(Struct, frozen=True):
    """Of whom it is asked whether they allow the asking account a scope."""

    people: list[str]
    scope: str


class Allowing(Struct, frozen=True):
    """Those who do."""

    people: Sequence[str]


class AccountReads:
    """`/_amanat/v1/ledger/people`."""

    def __init__(self, ledger: Ledger, grants: Grants) -> None:
        self._ledger = ledger
        self._grants = grants

    @post("/_amanat/v1/ledger/people", limit="reading")
    @described(takes=Asked)
    async def allowing(self, request: Request, requester: Requester) -> Allowing:
        """Say who of some people still allows this account a scope. Nothing of theirs is read, so no row is written."""
        asked = await request.struct(Asked)
        if len(asked.people) > MOST:
            raise InvalidParam(f"Ask about at most {MOST} people.")
        scopes.check([asked.scope], offered=scopes.FOR_ACCOUNTS)
        people = [each for each in asked.people if fits(each)]
        allowing = await self._grants.allowing(requester.user_id, scope=asked.scope, people=people)
        return Allowing(allowing)

    @get("/_amanat/v1/ledger/people/{user_id}", limit="reading")
    @described(query=("fields", "purpose"))
    async def person(self, request: Request, requester: Requester) -> Disclosed:
        """Read the fields of a person that they allow this account; the person sees each read."""
        user_id, fields = request.params["user_id"], request.query_required("fields").split(",")
        found = await self._ledger.disclose(
            Disclosure(
                subject=user_id,
                reader=requester.user_id,
                scope=scopes.needed_for(fields),
                purpose=request.query_required("purpose"),
                fields=fields,
            )
        )
        return Disclosed(user_id, found)
