"""Receipts and highlights: where each person stands in a room."""

from typing import Final

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table

WHOLE_ROOM: Final = "*"
"""Whom a highlight is for that mentions the room: everybody in it."""


class ReceiptRow(Struct, frozen=True):
    """The furthest event that a person has read, per kind and thread.

    The two counts are the event's: what is unread is the newest event's count less this.
    """

    room_id: str
    user_id: str
    kind: str
    thread: str
    event_id: str
    event_position: int
    ts: int
    position: int
    main_notifying: int
    thread_notifying: int


class HighlightRow(Struct, frozen=True):
    """That an event mentions a person."""

    user_id: str
    room_id: str
    position: int
    thread: str


RECEIPTS = Table("receipts", ReceiptRow, key=4)
HIGHLIGHTS = Table("highlights", HighlightRow, key=3)

_sql = QueryFile("amanat.store", "receipts")
RECEIPTS_CHANGED = _sql.query("receipts_changed", ReceiptRow)
RECEIPTS_OF_ROOMS = _sql.query("receipts_of_rooms", ReceiptRow)
OWN_RECEIPTS_OF_ROOMS = _sql.query("own_receipts_of_rooms", ReceiptRow)
HIGHLIGHTS_AFTER = _sql.query("highlights_after", HighlightRow)
