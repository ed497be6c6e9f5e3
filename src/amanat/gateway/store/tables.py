"""The two tables that belong to no part of the gateway: whose data this is, and how far each stream has come."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class MetaRow(Struct, frozen=True):
    name: str
    value: str


class StreamRow(Struct, frozen=True):
    stream: str
    position: int


META = Table("meta", MetaRow, key=1)
STREAMS = Table("streams", StreamRow, key=1)

_sql = QueryFile("amanat.gateway.store", "store")
ALL_META = _sql.query("all_meta", MetaRow)
ALL_POSITIONS = _sql.query("all_positions", StreamRow)
