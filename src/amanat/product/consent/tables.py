"""The rows of policies that were published, and of choices. Nothing outside this feature reads them."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table
from amanat.store.accounts import UserRow


class PolicyTextRow(Struct, frozen=True):
    """A text that was published; `effective` is a day as 2026-01-31."""

    policy: str
    version: int
    language: str
    sha256: bytes
    effective: str
    feature: str | None
    published_ts: int


class ChoiceRow(Struct, frozen=True):
    """What somebody chose: `choice` is "accepted", "postponed" or "refused"."""

    user_id: str
    policy: str
    version: int
    choice: str
    until_ts: int | None
    chosen_ts: int


POLICY_TEXTS = Table("policy_texts", PolicyTextRow, key=3)
CHOICES = Table("policy_choices", ChoiceRow, key=3)

_sql = QueryFile("amanat.product.consent", "consent")
ALL_POLICY_TEXTS = _sql.query("all_policy_texts", PolicyTextRow)
CHOICES_OF = _sql.query("choices_of", ChoiceRow)
SUGGESTED = _sql.query("suggested", UserRow)
