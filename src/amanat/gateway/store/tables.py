"""The two tables that belong to no part of the gateway: whose data this is, and how far each stream has come."""

from typing import Final

from amanat.db.query import QueryFile
from amanat.db.table import Table
from amanat.db.unit_store import MetaRow, Schema, StreamRow

META = Table("meta", MetaRow, key=1)
STREAMS = Table("streams", StreamRow, key=1)

_sql = QueryFile("amanat.gateway.store", "store")
ALL_META = _sql.query("all_meta", MetaRow)
ALL_POSITIONS = _sql.query("all_positions", StreamRow)

SCHEMA: Final = Schema("amanat.gateway.store", streams=STREAMS, all_positions=ALL_POSITIONS, all_meta=ALL_META)
