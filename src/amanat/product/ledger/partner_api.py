"""What a partner may ask with its token: one endpoint, which goes through the ledger. Nothing else is imported here.

The contract "What a third party reads goes through the ledger" of `.importlinter` holds that.
"""

from msgspec import Struct

from amanat.core import scopes
from amanat.core.errors import MissingToken
from amanat.edge.openapi import described
from amanat.edge.request import Request
from amanat.edge.routes import get
from amanat.product.ledger.ledger import Disclosure, Ledger
from amanat.product.ledger.partners import Partners

PARTNER_PATH = "/_amanat/v1/partner/"
"""Where everything is that takes a partner's token."""


class Disclosed(Struct, frozen=True):
    """What was read of a person; a field that they left empty is null."""

    user_id: str
    fields: dict[str, str | None]


class PartnerRoutes:
    """`/_amanat/v1/partner`."""

    def __init__(self, ledger: Ledger, *, partners: Partners) -> None:
        self._ledger = ledger
        self._partners = partners

    @get(f"{PARTNER_PATH}people/{{user_id}}", auth="none", limit="partner")
    @described(query=("fields", "purpose"))
    async def person(self, request: Request) -> Disclosed:
        """Read the fields of a person that they allow this partner; the person sees each read."""
        token = request.bearer_token
        if token is None:
            raise MissingToken("This request needs a partner's token in its Authorization header.")
        partner = await self._partners.of(token)
        user_id, fields = request.params["user_id"], request.query_required("fields").split(",")
        found = await self._ledger.disclose(
            Disclosure(
                subject=user_id,
                reader=partner.partner_id,
                scope=scopes.needed_for(fields),
                purpose=request.query_required("purpose"),
                fields=fields,
            )
        )
        return Disclosed(user_id, found)
