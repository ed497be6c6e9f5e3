"""The pages of the ledger: who read what of one's data, when and why, and whom one allows it."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from amanat.core.requester import Requester
from amanat.core.scopes import SCOPES
from amanat.edge.pages import Visit, Visits, signed_in
from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.product.ledger.grants import Grants
from amanat.product.ledger.ledger import NEWEST, Ledger
from amanat.product.ledger.tables import GrantRow, LedgerRow

PATH: Final = "/_amanat/account/readers"
REVOKE: Final = f"{PATH}/revoke"
PER_PAGE: Final = 20


class Allowed(Struct, frozen=True, kw_only=True):
    """A partner that may read something, and what in the reader's language."""

    partner_id: str
    name: str
    scopes: Sequence[str]
    since_ts: int


class Read(Struct, frozen=True, kw_only=True):
    """A read; `fields` are keys of sayings."""

    ts: int
    reader: str
    fields: Sequence[str]
    purpose: str


class LedgerPages:
    """`/_amanat/account/readers`."""

    def __init__(self, visits: Visits, *, ledger: Ledger, grants: Grants) -> None:
        self.visits = visits
        self._ledger = ledger
        self._grants = grants

    @get(PATH, auth="none", limit="pages")
    @signed_in
    async def show(self, visit: Visit) -> Response:
        """Show who may read something, and who has."""
        requester = _requester(visit)
        before = visit.request.query_int("before", NEWEST, minimum=0, maximum=NEWEST)
        # One more than is shown tells whether there are older ones.
        rows = await self._ledger.page(requester, before=before, limit=PER_PAGE + 1)
        granted = await self._grants.of(requester)
        names = await self._ledger.names({row.partner_id for row in rows} | {row.partner_id for row in granted})
        older = rows[PER_PAGE - 1].number if len(rows) > PER_PAGE else None
        return visit.page(
            "readers.html",
            partners=_allowed(granted, names, language=visit.language),
            reads=[_read(row, names) for row in rows[:PER_PAGE]],
            older=None if older is None else f"{PATH}?before={older}",
            newest=PATH if before != NEWEST else None,
            revoke=REVOKE,
        )

    @get(REVOKE, auth="none", limit="pages")
    @signed_in
    async def lead_back(self, visit: Visit) -> Response:
        """Lead to the list whoever signs in again after sending the form."""
        return visit.go(PATH)

    @post(REVOKE, auth="none", limit="pages")
    @signed_in
    async def revoke(self, visit: Visit) -> Response:
        """Allow a partner nothing any more."""
        await self._grants.take_back(_requester(visit), visit.form.text("partner_id"))
        return visit.go(f"{PATH}?done=1")


def _allowed(rows: Sequence[GrantRow], names: Mapping[str, str], *, language: str) -> list[Allowed]:
    by_partner: dict[str, list[GrantRow]] = {}
    for row in rows:
        by_partner.setdefault(row.partner_id, []).append(row)
    return [
        Allowed(
            partner_id=partner_id,
            name=names[partner_id],
            scopes=[getattr(SCOPES[row.scope], language) for row in granted if row.scope in SCOPES],
            since_ts=min(row.granted_ts for row in granted),
        )
        for partner_id, granted in by_partner.items()
    ]


def _read(row: LedgerRow, names: Mapping[str, str]) -> Read:
    return Read(
        ts=row.ts,
        reader=names[row.partner_id],
        fields=[f"readers.{field}" for field in row.fields.split()],
        purpose=row.purpose,
    )


def _requester(visit: Visit) -> Requester:
    """Return the person, who is on no device."""
    return Requester(user_id=visit.user_id, device_id="", token_hash=b"")
