"""Rooms whose messages disappear, and how far they have."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table
from amanat.store.events import EventRow


class RetentionRow(Struct, frozen=True):
    """When a room is to be looked at."""

    room_id: str
    due_ts: int


class ProgressRow(Struct, frozen=True):
    """Up to which position everything in a room has disappeared that was to."""

    room_id: str
    upto: int


RETENTION_ROOMS = Table("retention_rooms", RetentionRow, key=1)
RETENTION_PROGRESS = Table("retention_progress", ProgressRow, key=1)

_sql = QueryFile("amanat.store", "retention")
ROOMS_DUE = _sql.query("rooms_due", RetentionRow)
PROGRESS = _sql.query("progress", ProgressRow)
TIMERS_FROM = _sql.query("timers_from", EventRow)
