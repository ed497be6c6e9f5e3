"""How people appear in rooms, of what accounts and profiles hold."""

from msgspec import Struct

from amanat.db.query import QueryFile


class AppearanceRow(Struct, frozen=True):
    """A person's name and picture as JSON."""

    user_id: str
    displayname: bytes | None
    avatar_url: bytes | None


_sql = QueryFile("amanat.store", "people")
APPEARANCES = _sql.query("appearances", AppearanceRow)
