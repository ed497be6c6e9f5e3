"""One-time and fallback keys, and how many of them each device has left, in memory."""

from msgspec import Struct

from amanat.db.memory import Memory
from amanat.db.query import QueryFile, Reader
from amanat.db.table import Table

MAX_BYTES = 16 * 1024 * 1024
"""For the counts of 50,000 devices."""
_DEVICE_BYTES = 320

DeviceKey = tuple[str, str]
"""A user id and a device id."""


class OneTimeKeyRow(Struct, frozen=True):
    """A key to be given away once. `number` counts up without a gap in the order of the uploads."""

    user_id: str
    device_id: str
    number: int
    key_id: str
    key: bytes


class CounterRow(Struct, frozen=True):
    """The numbers of the newest one-time key, and of the last one that was given away."""

    user_id: str
    device_id: str
    uploaded: int
    given: int

    @property
    def left(self) -> int:
        """Return how many keys may be given yet."""
        return self.uploaded - self.given


class FallbackKeyRow(Struct, frozen=True):
    """The key that is given when there is no other; `used` is 1 once it has been."""

    user_id: str
    device_id: str
    algorithm: str
    key_id: str
    key: bytes
    used: int


class AlgorithmName(Struct, frozen=True):
    algorithm: str


class KeyCounts(Struct, frozen=True):
    """What a device has left: one-time keys, and the kinds of its fallback keys that nobody has been given."""

    one_time: int
    unused_fallback: tuple[str, ...]


NO_KEYS = KeyCounts(0, ())

ONE_TIME_KEYS = Table("one_time_keys", OneTimeKeyRow, key=3, append_only=True)
ONE_TIME_KEY_COUNTERS = Table("one_time_key_counters", CounterRow, key=2)
FALLBACK_KEYS = Table("fallback_keys", FallbackKeyRow, key=3)

_sql = QueryFile("amanat.store", "one_time_keys")
COUNTER = _sql.query("counter", CounterRow)
COUNTERS_OF = _sql.query("counters_of", CounterRow)
UNUSED_FALLBACK_KEYS = _sql.query("unused_fallback_keys", AlgorithmName)


def key_counts(reader: Reader) -> Memory[DeviceKey, KeyCounts]:
    """Make the memory of how many keys devices have left."""

    async def load(device: DeviceKey) -> KeyCounts | None:
        user_id, device_id = device
        counter = await reader.first(COUNTER, user_id=user_id, device_id=device_id)
        unused = await reader.all(UNUSED_FALLBACK_KEYS, user_id=user_id, device_id=device_id)
        return KeyCounts(counter.left if counter else 0, tuple(row.algorithm for row in unused))

    return Memory("key_counts", load, size=lambda _: _DEVICE_BYTES, max_bytes=MAX_BYTES)
