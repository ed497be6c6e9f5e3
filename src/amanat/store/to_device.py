"""Messages to devices, kept until they are confirmed; and which devices have any, in memory."""

from msgspec import Struct

from amanat.db.memory import Memory
from amanat.db.query import QueryFile, Reader
from amanat.db.table import Table
from amanat.store.one_time_keys import DeviceKey

MAX_BYTES = 16 * 1024 * 1024
"""For the position of the newest message of 60,000 devices."""
_DEVICE_BYTES = 275


class ToDeviceRow(Struct, frozen=True):
    """A message as it is delivered: JSON with its sender and type."""

    user_id: str
    device_id: str
    position: int
    event: bytes


class Position(Struct, frozen=True):
    position: int


class DeviceId(Struct, frozen=True):
    user_id: str
    device_id: str


TO_DEVICE = Table("to_device", ToDeviceRow, key=3)

_sql = QueryFile("amanat.store", "to_device")
INBOX = _sql.query("inbox", ToDeviceRow)
INBOX_POSITIONS = _sql.query("inbox_positions", Position)
NEWEST_MESSAGE = _sql.query("newest_message", Position)
DEVICES_OF = _sql.query("devices_of", DeviceId)


def inboxes(reader: Reader) -> Memory[DeviceKey, int]:
    """Make the memory of the newest position in devices' inboxes; 0 is an empty one."""

    async def load(device: DeviceKey) -> int | None:
        found = await reader.first(NEWEST_MESSAGE, user_id=device[0], device_id=device[1])
        return found.position if found else 0

    return Memory("inboxes", load, size=lambda _: _DEVICE_BYTES, max_bytes=MAX_BYTES)
