"""Transaction ids are remembered for a while, so that a request which is repeated does nothing twice.

Spec: client-server-api#transaction-identifiers.
"""

from collections.abc import Callable, Sequence
from functools import partial
from hashlib import blake2b

import msgspec

from amanat.core.requester import Requester
from amanat.db.tx import Tx
from amanat.store.events import OLDEST_TRANSACTIONS, TRANSACTIONS, TransactionRow
from amanat.store.store import Store
from amanat.store.streams import TRANSACTION_STREAM

REMEMBERED_MS = 7 * 86_400_000
"""A phone that comes back from a week without network may repeat what it sent before."""
UNIT = 100
_KEY_BYTES = 16

_encode = msgspec.json.Encoder().encode


def key_of(requester: Requester, *request: str) -> bytes:
    """Name a device's request, by its endpoint, what it is about and the id that the client gave it.

    A hash, because the shorter the keys, the fewer pages of their index a batch of requests changes.
    """
    return blake2b(_encode((requester.user_id, requester.device_id, *request)), digest_size=_KEY_BYTES).digest()


def remember(tx: Tx, key: bytes, *, event_id: str, ts: int) -> None:
    """Note that a request is done, and the event that it made."""
    tx.put(TRANSACTIONS, TransactionRow(key, tx.next(TRANSACTION_STREAM), event_id, ts))


class Transactions:
    """Forgets the old ones; whoever acts on a request remembers its own."""

    def __init__(self, store: Store, *, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms

    async def sweep(self) -> None:
        """Forget what was done long ago."""
        before = self._now_ms() - REMEMBERED_MS
        while rows := [row for row in await self._oldest() if row.ts < before]:
            await self._store.write(partial(_forget, rows=rows))

    async def _oldest(self) -> Sequence[TransactionRow]:
        return await self._store.all(OLDEST_TRANSACTIONS, max_rows=UNIT)


def _forget(tx: Tx, *, rows: Sequence[TransactionRow]) -> None:
    for row in rows:
        tx.delete(TRANSACTIONS, row.request_key)
