"""The identity keys that devices have published."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table
from amanat.store.rooms import UserId


class DeviceKeysRow(Struct, frozen=True):
    """A device's keys as JSON, as they were uploaded."""

    user_id: str
    device_id: str
    keys: bytes


class NamedDeviceKeys(Struct, frozen=True):
    """A device's keys and what its owner calls it."""

    user_id: str
    device_id: str
    keys: bytes
    display_name: str | None


DEVICE_KEYS = Table("device_keys", DeviceKeysRow, key=2)

_sql = QueryFile("amanat.store", "device_keys")
DEVICE_KEYS_OF = _sql.query("device_keys_of", NamedDeviceKeys)
KNOWN_USERS = _sql.query("known_users", UserId)
