"""Partners, as the operator admits them and sends them away, and how often they read."""

from typing import Annotated, Any, Final

from msgspec import Meta, Struct

from amanat.edge.request import Request
from amanat.edge.routes import get, post
from amanat.handlers.operator_acts import OPERATOR, Act, OperatorActs
from amanat.product.ledger.partners import NewPartner, Partners

COUNTED_DAYS: Final = 30


class _NewPartner(Struct, forbid_unknown_fields=True):
    name: str
    scopes: list[str]
    days: Annotated[int, Meta(ge=1, le=3650)] = 365
    reads_per_day: Annotated[int, Meta(ge=1, le=100_000)] = 1000


class PartnerAdminRoutes:
    """Make, revoke and list partners."""

    def __init__(self, partners: Partners, *, acts: OperatorActs) -> None:
        self._partners = partners
        self._acts = acts

    @get("/partners", auth="none")
    async def all(self, _request: Request) -> Any:
        """List the partners there ever were, and how often each read in the last 30 days."""
        reads = await self._partners.reads(days=COUNTED_DAYS)
        partners = [
            {
                "partner_id": partner.partner_id,
                "name": partner.name,
                "scopes": partner.scopes.split(),
                "reads_per_day": partner.reads_per_day,
                "created_ts": partner.created_ts,
                "expires_ts": partner.expires_ts,
                "revoked_ts": partner.revoked_ts,
                "reads": reads.get(partner.partner_id, 0),
            }
            for partner in await self._partners.all()
        ]
        return {"partners": partners}

    @post("/partners", auth="none")
    async def create(self, request: Request) -> Any:
        """Admit a partner; its token is told this once."""
        wanted = await request.struct(_NewPartner)
        partner_id, token = await self._partners.create(
            NewPartner(name=wanted.name, scopes=wanted.scopes, days=wanted.days, reads_per_day=wanted.reads_per_day),
            noting=lambda partner_id: self._acts.noting(OPERATOR, Act.ADMIT_PARTNER, subject=partner_id),
        )
        return {"partner_id": partner_id, "token": token}

    @post("/partners/{partner_id}/revoke", auth="none")
    async def revoke(self, request: Request) -> Any:
        """Send a partner away."""
        partner_id = request.params["partner_id"]
        note = self._acts.noting(OPERATOR, Act.REVOKE_PARTNER, subject=partner_id)
        await self._partners.revoke(partner_id, note=note)
        return {"partner_id": partner_id}
