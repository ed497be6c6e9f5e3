"""Rooms as a whole, now and in the past: their state, their members and their newest events."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.store.events import EventRow


class StateEventRow(Struct, frozen=True):
    """A state event, no more of it than a client is told and than says what it replaced: half of what a row costs."""

    room_id: str
    type: str
    state_key: str
    event_id: str
    position: int
    sender: str
    replaces_state: str | None
    json: bytes


_sql = QueryFile("amanat.store", "history")
MEMBERS_AT = _sql.query("members_at", EventRow)
SOME_MEMBERS_AT = _sql.query("some_members_at", EventRow)
STATE_BUT_MEMBERS_AT = _sql.query("state_but_members_at", EventRow)
STATE_EVENT_AT = _sql.query("state_event_at", EventRow)
EVENTS_AT = _sql.query("events_at", EventRow)
NEWEST_OF_ROOMS = _sql.query("newest_of_rooms", EventRow)
STATE_OF_ROOMS = _sql.query("state_of_rooms", StateEventRow)
MEMBERS_OF_ROOMS = _sql.query("members_of_rooms", StateEventRow)
SOME_MEMBERS_OF_ROOMS = _sql.query("some_members_of_rooms", StateEventRow)
STATE_EVENTS_AT = _sql.query("state_events_at", StateEventRow)
STATE_EVENTS_BY_IDS = _sql.query("state_events_by_ids", StateEventRow)
