"""Transaction ids are remembered for a while, so that a request which is repeated does nothing twice.

Spec: client-server-api#transaction-identifiers.
"""

from collections.abc import Callable, Sequence
from functools import partial

from amanat.db.tx import Tx
from amanat.store.events import OLD_TRANSACTIONS, TRANSACTIONS, TransactionRow
from amanat.store.store import Store

REMEMBERED_MS = 7 * 86_400_000
"""A phone that comes back from a week without network may repeat what it sent before."""
UNIT = 100


class Transactions:
    """Forgets the old ones; whoever acts on a request remembers its own."""

    def __init__(self, store: Store, *, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms

    async def sweep(self) -> None:
        """Forget what was done long ago."""
        before = self._now_ms() - REMEMBERED_MS
        while rows := await self._store.all(OLD_TRANSACTIONS, before=before, max_rows=UNIT):
            await self._store.write(partial(_forget, rows=rows))


def _forget(tx: Tx, *, rows: Sequence[TransactionRow]) -> None:
    for row in rows:
        tx.delete(TRANSACTIONS, row.user_id, row.device_id, row.transaction_key)
