"""Where people's notifications are pushed to, and what did not get there yet."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class PusherRow(Struct, frozen=True):
    """A pusher, set by one of the person's devices. `data` is JSON."""

    user_id: str
    app_id: str
    pushkey: str
    device_id: str
    kind: str
    app_display_name: str
    device_display_name: str
    profile_tag: str | None
    lang: str
    data: bytes
    created_ts: int


class PushRetryRow(Struct, frozen=True):
    """The newest push of a pusher that did not go through."""

    user_id: str
    app_id: str
    pushkey: str
    room_id: str
    event_id: str
    urgent: int
    tries: int
    since_ts: int
    due_ts: int


class UserRow(Struct, frozen=True):
    user_id: str


PUSHERS = Table("pushers", PusherRow, key=3)
PUSH_RETRIES = Table("push_retries", PushRetryRow, key=3)

_sql = QueryFile("amanat.store", "pushers")
PUSHERS_OF_USER = _sql.query("pushers_of_user", PusherRow)
PUSHERS_BY_KEY = _sql.query("pushers_by_key", PusherRow)
PUSHERS_OF_USERS = _sql.query("pushers_of_users", PusherRow)
ANY_PUSHER = _sql.query("any_pusher", PusherRow)
IN_ROOM_WITH_PUSHERS = _sql.query("in_room_with_pushers", UserRow)
ALL_PUSH_RETRIES = _sql.query("all_push_retries", PushRetryRow)
