"""Profiles: what people say of themselves, and who may see it."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table
from amanat.store.accounts import UserRow


class ProfileRow(Struct, frozen=True):
    """One field of a profile; `value` is JSON. The handle is a field too, but stands in the account."""

    user_id: str
    field: str
    value: bytes


class Found(Struct, frozen=True):
    found: int


PROFILES = Table("profiles", ProfileRow, key=2)

_sql = QueryFile("amanat.store", "profile")
PROFILE = _sql.query("profile", ProfileRow)
SHARES_ROOM = _sql.query("shares_room", Found)
PEERS_CALLED = _sql.query("peers_called", UserRow)
