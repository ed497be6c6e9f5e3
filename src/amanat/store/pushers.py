"""Where people's notifications are pushed to."""

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


PUSHERS = Table("pushers", PusherRow, key=3)

_sql = QueryFile("amanat.store", "pushers")
PUSHERS_OF_USER = _sql.query("pushers_of_user", PusherRow)
PUSHERS_BY_KEY = _sql.query("pushers_by_key", PusherRow)
