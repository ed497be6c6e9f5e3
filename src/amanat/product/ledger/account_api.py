"""What an account may ask of people who allow it that: a bot's gateway reads with it a number that somebody shares.

One endpoint, which goes through the ledger. The contract "What a third party reads goes through the ledger" of
`.importlinter` holds that.
"""

from amanat.core import scopes
from amanat.core.requester import Requester
from amanat.edge.openapi import described
from amanat.edge.request import Request
from amanat.edge.routes import get
from amanat.product.ledger.ledger import Disclosure, Ledger
from amanat.product.ledger.partner_api import Disclosed


class AccountReads:
    """`/_amanat/v1/ledger/people`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

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
