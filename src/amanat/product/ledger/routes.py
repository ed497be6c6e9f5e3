"""What a person sees of their ledger, and whom they allow what. Each row is for its person alone."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from amanat.core.errors import InvalidParam, NotFound
from amanat.core.requester import Requester
from amanat.core.scopes import SCOPES
from amanat.edge.openapi import described
from amanat.edge.request import Request
from amanat.edge.routes import delete, get, put
from amanat.product.ledger.grants import Grants
from amanat.product.ledger.ledger import NEWEST, Ledger, leaf_of
from amanat.product.ledger.partners import Partners
from amanat.product.ledger.roots import Roots
from amanat.product.ledger.tables import LedgerRow, PartnerRow, RootRow

PER_PAGE: Final = 50
MAX_PER_PAGE: Final = 200


class Read(Struct, frozen=True, kw_only=True):
    """A read of one's data. `leaf` is the JSON whose hash stands in the tree of its day."""

    number: int
    ts: int
    partner_id: str
    partner: str
    scopes: list[str]
    fields: list[str]
    purpose: str
    leaf: str


class Reads(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Reads, the newest first; `next` is what to give as `before` for older ones."""

    reads: list[Read]
    next: int | None = None


class Grant(Struct, frozen=True, kw_only=True):
    """What one partner is allowed."""

    partner_id: str
    partner: str
    scope: str
    granted_ts: int


class GrantList(Struct, frozen=True):
    """What all partners are allowed."""

    grants: list[Grant]


class Described(Struct, frozen=True, kw_only=True):
    """A scope in words that a person understands."""

    scope: str
    fields: tuple[str, ...]
    en: str
    id: str


class Partner(Struct, frozen=True, kw_only=True):
    """A partner that may be allowed something."""

    partner_id: str
    name: str
    scopes: list[Described]


class PartnerList(Struct, frozen=True):
    """The partners of this server."""

    partners: list[Partner]


class Allowed(Struct, frozen=True, forbid_unknown_fields=True):
    """The scopes that a partner is allowed, and no others."""

    scopes: list[str]


class Root(Struct, frozen=True, kw_only=True):
    """The Merkle root (RFC 6962) of a day; `day` counts from 1970-01-01, UTC."""

    day: int
    first_number: int
    last_number: int
    root: str


class RootList(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Daily roots, the newest first; `next` is what to give as `before` for older ones."""

    roots: list[Root]
    next: int | None = None


class InclusionProof(Struct, frozen=True, kw_only=True):
    """That a row is in the tree of its day: RFC 6962, 2.1.1, in hexadecimal."""

    root: Root
    index: int
    size: int
    hashes: list[str]


class Nothing(Struct, frozen=True):
    """Done."""


class LedgerRoutes:
    """`/_amanat/v1/ledger`."""

    def __init__(self, ledger: Ledger, *, grants: Grants, partners: Partners, roots: Roots) -> None:
        self._ledger = ledger
        self._grants = grants
        self._partners = partners
        self._roots = roots

    @get("/_amanat/v1/ledger", limit="ledger")
    @described(query=("before", "limit"))
    async def reads(self, request: Request, requester: Requester) -> Reads:
        """List who read what of one's data, when, and why."""
        limit = _limit(request)
        rows = await self._ledger.page(requester, before=_before(request), limit=limit)
        names = await self._ledger.names(row.partner_id for row in rows)
        return Reads(
            reads=[_read(row, names) for row in rows],
            next=rows[-1].number if len(rows) == limit else None,
        )

    @get("/_amanat/v1/ledger/partners", limit="ledger")
    async def partners(self, _request: Request, _requester: Requester) -> PartnerList:
        """List the partners that may be allowed something, and what they may be allowed."""
        return PartnerList([_partner(partner) for partner in await self._partners.active()])

    @get("/_amanat/v1/ledger/grants", limit="ledger")
    async def grants(self, _request: Request, requester: Requester) -> GrantList:
        """List what one allows."""
        granted = await self._grants.of(requester)
        names = await self._ledger.names(row.partner_id for row in granted)
        return GrantList(
            [
                Grant(
                    partner_id=row.partner_id,
                    partner=names[row.partner_id],
                    scope=row.scope,
                    granted_ts=row.granted_ts,
                )
                for row in granted
            ]
        )

    @put("/_amanat/v1/ledger/grants/{partner_id}", limit="ledger")
    @described(takes=Allowed)
    async def allow(self, request: Request, requester: Requester) -> Nothing:
        """Allow a partner, or an account by its user id, exactly these scopes."""
        body = await request.struct(Allowed)
        await self._grants.allow(requester, request.params["partner_id"], scopes=body.scopes)
        return Nothing()

    @delete("/_amanat/v1/ledger/grants/{partner_id}", limit="ledger")
    async def take_back(self, request: Request, requester: Requester) -> Nothing:
        """Allow a partner nothing any more, from its next read on."""
        await self._grants.take_back(requester, request.params["partner_id"])
        return Nothing()

    @delete("/_amanat/v1/ledger/grants/{partner_id}/{scope}", limit="ledger")
    async def take_back_one(self, request: Request, requester: Requester) -> Nothing:
        """Allow a partner this scope no longer, from its next read on."""
        await self._grants.take_back(requester, request.params["partner_id"], scope=request.params["scope"])
        return Nothing()

    @get("/_amanat/v1/ledger/roots", limit="ledger")
    @described(query=("before", "limit"))
    async def roots(self, request: Request, _requester: Requester) -> RootList:
        """List the Merkle roots of the days."""
        limit = _limit(request)
        rows = await self._roots.page(before=_before(request), limit=limit)
        return RootList(roots=[_root(row) for row in rows], next=rows[-1].last_number if len(rows) == limit else None)

    @get("/_amanat/v1/ledger/{number}/proof", limit="ledger")
    async def proof(self, request: Request, requester: Requester) -> InclusionProof:
        """Prove that a row of one's own is in the tree of its day."""
        number = request.params["number"]
        if not (number.isascii() and number.isdigit() and len(number) <= 15):
            raise InvalidParam("A row has a number.")
        if await self._ledger.row(requester, int(number)) is None:
            raise NotFound("Your ledger has no such row.")
        proof = await self._roots.prove(int(number))
        return InclusionProof(
            root=_root(proof.root),
            index=proof.index,
            size=proof.size,
            hashes=[hashed.hex() for hashed in proof.hashes],
        )


def _before(request: Request) -> int:
    return request.query_int("before", NEWEST, minimum=0, maximum=NEWEST)


def _limit(request: Request) -> int:
    return request.query_int("limit", PER_PAGE, minimum=1, maximum=MAX_PER_PAGE)


def _read(row: LedgerRow, names: Mapping[str, str]) -> Read:
    return Read(
        number=row.number,
        ts=row.ts,
        partner_id=row.partner_id,
        partner=names[row.partner_id],
        scopes=row.scopes.split(),
        fields=row.fields.split(),
        purpose=row.purpose,
        leaf=leaf_of(row).decode(),
    )


def _partner(partner: PartnerRow) -> Partner:
    scopes = {name: SCOPES[name] for name in partner.scopes.split() if name in SCOPES}
    return Partner(
        partner_id=partner.partner_id,
        name=partner.name,
        scopes=[Described(scope=name, fields=scope.fields, en=scope.en, id=scope.id) for name, scope in scopes.items()],
    )


def _root(row: RootRow) -> Root:
    return Root(day=row.day, first_number=row.first_number, last_number=row.last_number, root=row.root.hex())
