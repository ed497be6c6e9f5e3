"""Events as stored: the bytes a client is sent, what rebuilds the PDU, and what finds them again."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class EventRow(Struct, frozen=True):
    """An event. `json` is the client format without `unsigned`; `extra` is what the PDU has besides.

    `main_notifying` counts the notifying events of the room's main timeline up to and including this one;
    `thread_notifying` those of its thread, 0 if it is in none.
    """

    event_id: str
    room_id: str
    position: int
    type: str
    state_key: str | None
    sender: str
    ts: int
    depth: int
    json: bytes
    extra: bytes
    transaction_key: str | None
    replaces_state: str | None
    redacted_by: str | None
    thread_root: str | None
    main_notifying: int
    thread_notifying: int


class TransactionRow(Struct, frozen=True):
    """What a device's repeated request is answered with. `request_key` is the hash of all that names the request."""

    request_key: bytes
    position: int
    event_id: str
    ts: int


class RelationRow(Struct, frozen=True):
    """That an event relates to another. `key` is a reaction's."""

    parent_id: str
    position: int
    event_id: str
    room_id: str
    rel_type: str
    type: str
    sender: str
    key: str | None


class ThreadRow(Struct, frozen=True):
    """A thread's newest event and its counts."""

    room_id: str
    root_id: str
    latest_id: str
    latest_position: int
    replies: int
    notifying: int


class RoomSinceRow(Struct, frozen=True):
    """A room, and where the first of its newest events stands."""

    room_id: str
    first: int


EVENTS = Table("events", EventRow, key=1)
TRANSACTIONS = Table("transactions", TransactionRow, key=1)
RELATIONS = Table("relations", RelationRow, key=2)
THREADS = Table("threads", ThreadRow, key=2)

_sql = QueryFile("amanat.store", "events")
OLDEST_TRANSACTIONS = _sql.query("oldest_transactions", TransactionRow)
EVENT_BY_ID = _sql.query("event_by_id", EventRow)
EVENTS_BY_IDS = _sql.query("events_by_ids", EventRow)
EVENTS_BACKWARDS = _sql.query("events_backwards", EventRow)
EVENTS_FORWARDS = _sql.query("events_forwards", EventRow)
STATE_CHANGES = _sql.query("state_changes", EventRow)
THREAD_BEFORE = _sql.query("thread_before", EventRow)
NEWEST_OF_SENDERS = _sql.query("newest_of_senders", EventRow)
THREADS_AFTER = _sql.query("threads_after", ThreadRow)
SIGHT_EVENTS = _sql.query("sight_events", EventRow)
STATE_AT = _sql.query("state_at", EventRow)
ROOMS_SINCE = _sql.query("rooms_since", RoomSinceRow)
