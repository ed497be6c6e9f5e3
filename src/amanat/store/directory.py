"""The public directory: the rooms that are listed, the largest first."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.store.rooms import RoomRow


class ListedCount(Struct, frozen=True):
    count: int


_sql = QueryFile("amanat.store", "directory")
LISTED_AFTER = _sql.query("listed_after", RoomRow)
LISTED_BEFORE = _sql.query("listed_before", RoomRow)
LISTED_COUNT = _sql.query("listed_count", ListedCount)
