"""Streams of positions, the server's own facts (`meta`), and the epoch of the data."""

from typing import Final

from amanat.db.query import QueryFile
from amanat.db.table import Table
from amanat.db.unit_store import MetaRow, Schema, StreamRow

ROOM_STREAM: Final = "room"
"""Events and receipts."""
USER_STREAM: Final = "user"
"""What belongs to a person or a device: account data, to-device messages, device lists."""
TRANSACTION_STREAM: Final = "transaction"
"""The order in which requests were done, and are forgotten."""


STREAMS = Table("streams", StreamRow, key=1)
META = Table("meta", MetaRow, key=1)

_sql = QueryFile("amanat.store", "streams")
ALL_POSITIONS = _sql.query("all_positions", StreamRow)
ALL_META = _sql.query("all_meta", MetaRow)

SCHEMA: Final = Schema("amanat.store", streams=STREAMS, all_positions=ALL_POSITIONS, all_meta=ALL_META)
