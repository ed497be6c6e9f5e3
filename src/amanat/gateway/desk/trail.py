"""The audit trail: who of the staff did what, and who had the flow look something up. An act stands in the unit of what
it tells of.
"""

from typing import Final, Literal

from msgspec import Struct

from amanat.db.query import Reader
from amanat.db.tx import Tx
from amanat.gateway.desk.tables import TRAIL, TRAIL_BEFORE, TRAIL_STREAM, TrailRow

What = Literal[
    "signed_in",
    "opened",
    "assigned",
    "file_opened",
    "replied",
    "noted",
    "handed_back",
    "checked_in",
    "checked_in_afterwards",
    "served",
    "marked_missed",
    "undid_check_in",
    "undid_call",
    "undid_no_show",
    "excused",
    "walked_in",
    "day_exported",
    "ticket_changed",
    "published",
    "went_back",
    "staff_changed",
    "looked_up",
    "delivery_opened",
    "replayed",
    "tested",
    "token_added",
    "token_revoked",
]
PAGE: Final = 100


class Act(Struct, frozen=True, kw_only=True):
    """One act as a lead reads it."""

    position: int
    ts: int
    who: str
    who_name: str
    what: str
    about: str


def note(tx: Tx, who: str, *, what: What, about: str, now_ms: int) -> None:
    """Note an act, in the unit that does it."""
    tx.put(TRAIL, TrailRow(tx.next(TRAIL_STREAM), now_ms, who, what, about))


async def before(store: Reader, position: int) -> list[TrailRow]:
    """Return a page of what was done before a position, the latest first."""
    return await store.all(TRAIL_BEFORE, before=position, most=PAGE)
