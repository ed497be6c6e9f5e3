"""Room aliases: the names by which rooms are found."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class AliasRow(Struct, frozen=True):
    """That an alias points to a room. `creator` made it and may delete it."""

    alias: str
    room_id: str
    creator: str


class AliasCounts(Struct, frozen=True):
    of_room: int
    of_creator: int


ALIASES = Table("aliases", AliasRow, key=1)

_sql = QueryFile("amanat.store", "aliases")
ALIAS = _sql.query("alias", AliasRow)
ALIASES_OF_ROOM = _sql.query("aliases_of_room", AliasRow)
ALIAS_COUNTS = _sql.query("alias_counts", AliasCounts)
