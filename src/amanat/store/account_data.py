"""What people keep about themselves and their rooms, and their filters."""

from typing import Final

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table

NO_ROOM: Final = ""


class AccountDataRow(Struct, frozen=True):
    """One type of a person's account data. `content` is JSON; `{}` where it was deleted."""

    user_id: str
    room_id: str
    type: str
    content: bytes
    position: int


class FilterRow(Struct, frozen=True):
    user_id: str
    filter_id: str
    content: bytes


class CountRow(Struct, frozen=True):
    count: int


ACCOUNT_DATA = Table("account_data", AccountDataRow, key=3)
FILTERS = Table("filters", FilterRow, key=2)

_sql = QueryFile("amanat.store", "account_data")
ACCOUNT_DATA_CHANGED = _sql.query("account_data_changed", AccountDataRow)
ACCOUNT_DATA_BY_TYPE = _sql.query("account_data_by_type", AccountDataRow)
ACCOUNT_DATA_COUNT = _sql.query("account_data_count", CountRow)
FILTER_BY_ID = _sql.query("filter_by_id", FilterRow)
FILTER_COUNT = _sql.query("filter_count", CountRow)
FILTERS_OF_USER = _sql.query("filters_of_user", FilterRow)
