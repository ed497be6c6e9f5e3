"""Rooms, their current state and their members."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table
from amanat.store.events import EventRow


class RoomRow(Struct, frozen=True):
    """A room. `listed` is 1 if it stands in the public directory; `joined` and `invited` count members."""

    room_id: str
    version: str
    room_class: str
    creator: str
    created_ts: int
    listed: int
    joined: int
    invited: int


class StateRow(Struct, frozen=True):
    """The event that is the current state of a type and key. Members have a table of their own."""

    room_id: str
    type: str
    state_key: str
    event_id: str
    position: int


class MemberRow(Struct, frozen=True):
    """What a person is in a room: their current `m.room.member` event. `content` is its content as JSON."""

    room_id: str
    user_id: str
    membership: str
    event_id: str
    position: int
    sender: str
    ts: int
    content: bytes
    forgotten: int


class HeroRow(Struct, frozen=True):
    room_id: str
    user_id: str
    membership: str


class HeadRow(Struct, frozen=True):
    """A room's newest event; where its newest in a thread stands, and its newest that mentions somebody, or 0."""

    room_id: str
    event_id: str
    position: int
    depth: int
    main_notifying: int
    thread_position: int
    highlight_position: int


class RoomId(Struct, frozen=True):
    room_id: str


class UserId(Struct, frozen=True):
    user_id: str


ROOMS = Table("rooms", RoomRow, key=1)
STATE = Table("state", StateRow, key=3)
MEMBERS = Table("members", MemberRow, key=2)

_sql = QueryFile("amanat.store", "rooms")
ROOM_BY_ID = _sql.query("room_by_id", RoomRow)
CURRENT_STATE = _sql.query("current_state", EventRow)
MEMBER_EVENTS = _sql.query("member_events", EventRow)
MEMBERS_OF_ROOM = _sql.query("members_of_room", MemberRow)
MEMBER = _sql.query("member", MemberRow)
SOME_MEMBERS = _sql.query("some_members", MemberRow)
MEMBERSHIPS_OF_USER = _sql.query("memberships_of_user", MemberRow)
HEROES = _sql.query("heroes", MemberRow)
MEMBER_EVENTS_OF = _sql.query("member_events_of", EventRow)
ROOMS_CHANGED = _sql.query("rooms_changed", RoomId)
ROOMS_BY_IDS = _sql.query("rooms_by_ids", RoomRow)
HEROES_OF_ROOMS = _sql.query("heroes_of_rooms", HeroRow)
HEADS_OF_ROOMS = _sql.query("heads_of_rooms", HeadRow)
