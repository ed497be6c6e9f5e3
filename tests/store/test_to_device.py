"""The newest position in an inbox follows what is on disk."""

from amanat.db.tx import Tx
from amanat.store.store import Store
from amanat.store.to_device import TO_DEVICE, ToDeviceRow

DEVICE = ("@a:b.org", "DEVICE")


async def test_an_inbox_is_as_new_as_its_newest_message(store: Store) -> None:
    assert await store.inboxes.get(DEVICE) == 0
    store.inboxes.clear()

    def put(tx: Tx) -> None:
        for position in (3, 7, 5):
            tx.put(TO_DEVICE, ToDeviceRow(*DEVICE, position, b"{}"))

    await store.write(put)
    assert await store.inboxes.get(DEVICE) == 7
