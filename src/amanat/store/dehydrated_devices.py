"""Dehydrated devices: their pickles and names. Their keys and messages stand where other devices' do."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class DehydratedDeviceRow(Struct, frozen=True):
    """A person's one dehydrated device; `device_data` is JSON."""

    user_id: str
    device_id: str
    display_name: str | None
    device_data: bytes


DEHYDRATED_DEVICES = Table("dehydrated_devices", DehydratedDeviceRow, key=1)

_sql = QueryFile("amanat.store", "dehydrated_devices")
DEHYDRATED_DEVICE = _sql.query("dehydrated_device", DehydratedDeviceRow)
