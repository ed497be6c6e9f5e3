"""A room's past, as it is asked for: state and members at a position."""

from amanat.db.query import QueryFile
from amanat.store.events import EventRow

_sql = QueryFile("amanat.store", "history")
MEMBERS_AT = _sql.query("members_at", EventRow)
SOME_MEMBERS_AT = _sql.query("some_members_at", EventRow)
STATE_BUT_MEMBERS_AT = _sql.query("state_but_members_at", EventRow)
STATE_EVENT_AT = _sql.query("state_event_at", EventRow)
EVENTS_AT = _sql.query("events_at", EventRow)
