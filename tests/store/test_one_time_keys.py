"""How many keys devices have left follows what is on disk."""

from amanat.db.tx import Tx
from amanat.store.one_time_keys import FALLBACK_KEYS, ONE_TIME_KEY_COUNTERS, CounterRow, FallbackKeyRow, KeyCounts
from amanat.store.store import Store

DEVICE = ("@a:b.org", "DEVICE")


async def test_counts_are_read_from_the_rows(store: Store) -> None:
    def put(tx: Tx) -> None:
        tx.put(ONE_TIME_KEY_COUNTERS, CounterRow(*DEVICE, uploaded=9, given=7))
        tx.put(FALLBACK_KEYS, FallbackKeyRow(*DEVICE, "used", "1", b"{}", 1))
        tx.put(FALLBACK_KEYS, FallbackKeyRow(*DEVICE, "curve", "1", b"{}", 0))

    await store.write(put)
    assert await store.key_counts.get(DEVICE) == KeyCounts(2, ("curve",))
    assert await store.key_counts.get((DEVICE[0], "NONE")) == KeyCounts(0, ())
