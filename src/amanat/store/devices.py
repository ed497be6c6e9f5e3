"""Devices that are logged in. Their keys and their inbox have files of their own."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class DeviceRow(Struct, frozen=True):
    """A device that is logged in. `seen_ts` is coarse: the hour it was last seen in."""

    user_id: str
    device_id: str
    display_name: str | None
    created_ts: int
    seen_ts: int


DEVICES = Table("devices", DeviceRow, key=2)

_sql = QueryFile("amanat.store", "devices")
DEVICE = _sql.query("device", DeviceRow)
DEVICES_OF_USER = _sql.query("devices_of_user", DeviceRow)
