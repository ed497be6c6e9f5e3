"""The rows of partners, of what people allow them, and of what they have read."""

from typing import Final

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table

LEDGER_STREAM: Final = "ledger"
"""The order of all disclosures, of which each day's tree is made."""


class PartnerRow(Struct, frozen=True):
    """A third party. Its token is stored as a hash; `scopes` are separated by spaces."""

    partner_id: str
    name: str
    token_hash: bytes
    scopes: str
    reads_per_day: int
    created_ts: int
    expires_ts: int
    revoked_ts: int | None


class GrantRow(Struct, frozen=True):
    """A person allows a partner one scope."""

    user_id: str
    partner_id: str
    scope: str
    granted_ts: int


class ReadsRow(Struct, frozen=True):
    """How often a partner read on a day."""

    partner_id: str
    day: int
    reads: int


class LedgerRow(Struct, frozen=True):
    """A partner has read something of a person. `scopes` and `fields` are separated by spaces."""

    user_id: str
    number: int
    ts: int
    partner_id: str
    scopes: str
    fields: str
    purpose: str
    salt: bytes


class LeafRow(Struct, frozen=True):
    """What stands for a row of the ledger in the tree of its day."""

    number: int
    ts: int
    leaf_hash: bytes


class TileRow(Struct, frozen=True):
    """The root of up to 256 leaves that follow one another in a day's tree."""

    first_number: int
    hash: bytes


class RootRow(Struct, frozen=True):
    """A day's Merkle root over its leaves; `day` counts from 1970."""

    last_number: int
    first_number: int
    day: int
    root: bytes


class FieldsRow(Struct, frozen=True):
    """What was read together."""

    fields: str


class CountRow(Struct, frozen=True):
    """How often a partner has read since some day."""

    partner_id: str
    reads: int


PARTNERS = Table("partners", PartnerRow, key=1)
GRANTS = Table("partner_grants", GrantRow, key=3)
READS = Table("partner_reads", ReadsRow, key=2)
LEDGER = Table("ledger", LedgerRow, key=2, append_only=True)
LEAVES = Table("ledger_leaves", LeafRow, key=1, append_only=True)
TILES = Table("ledger_tiles", TileRow, key=1)
ROOTS = Table("ledger_roots", RootRow, key=1, append_only=True)

_sql = QueryFile("amanat.product.ledger", "ledger")
PARTNER_BY_TOKEN = _sql.query("partner_by_token", PartnerRow)
ALL_PARTNERS = _sql.query("all_partners", PartnerRow)
READS_SINCE = _sql.query("reads_since", CountRow)
OLD_READS = _sql.query("old_reads", ReadsRow)
GRANTS_OF = _sql.query("grants_of", GrantRow)
GRANTS_BY = _sql.query("grants_by", GrantRow)
LEDGER_BEFORE = _sql.query("ledger_before", LedgerRow)
READS_BY_PARTNER = _sql.query("reads_by_partner", FieldsRow)
LEDGER_ROW = _sql.query("ledger_row", LedgerRow)
LEAVES_FROM = _sql.query("leaves_from", LeafRow)
TILES_BETWEEN = _sql.query("tiles_between", TileRow)
LAST_ROOT = _sql.query("last_root", RootRow)
ROOTS_BEFORE = _sql.query("roots_before", RootRow)
ROOT_OVER = _sql.query("root_over", RootRow)
