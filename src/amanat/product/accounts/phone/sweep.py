"""Deletes what no rule looks at any more: codes, sends, counts, proofs, and the spending of long ago."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from msgspec import Struct

from amanat.core import otp
from amanat.core.otp import DAY_MS
from amanat.db.query import Query
from amanat.db.table import Table
from amanat.db.tx import Tx
from amanat.product.accounts.phone.budgets import HOUR_MS, HOURS
from amanat.product.accounts.phone.tables import (
    OLD_PHONE_CODES,
    OLD_PHONE_COUNTS,
    OLD_PHONE_SENDS,
    OLD_PHONE_WORK,
    OLD_SMS_SPENDING,
    PHONE_CODES,
    PHONE_COUNTS,
    PHONE_SENDS,
    PHONE_WORK,
    SMS_SPENDING,
)
from amanat.store.store import Store

SWEPT_PER_UNIT: Final = 100
SPENDING_DAYS: Final = 90


class _Kind(Struct, frozen=True):
    """A table, the query that finds its old rows, and before when they are old."""

    table: Table[Any]
    old: Query[Any]
    before: Callable[[int], int]


_KINDS: Final = (
    _Kind(PHONE_CODES, OLD_PHONE_CODES, lambda now_ms: now_ms - otp.LIFETIME_MS),
    _Kind(PHONE_SENDS, OLD_PHONE_SENDS, lambda now_ms: now_ms - DAY_MS),
    _Kind(PHONE_COUNTS, OLD_PHONE_COUNTS, lambda now_ms: now_ms // HOUR_MS - HOURS),
    _Kind(PHONE_WORK, OLD_PHONE_WORK, lambda now_ms: now_ms),
    _Kind(SMS_SPENDING, OLD_SMS_SPENDING, lambda now_ms: now_ms // DAY_MS - SPENDING_DAYS),
)


class PhoneSweep:
    """Sweeps the tables of this feature, a hundred rows at a time."""

    def __init__(self, store: Store, *, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms

    async def sweep(self) -> None:
        """Delete what is old."""
        for kind in _KINDS:
            before = kind.before(self._now_ms())
            while rows := await self._store.all(kind.old, before=before, max_rows=SWEPT_PER_UNIT):
                await self._store.write(partial(_delete, kind=kind, rows=rows))


def _delete(tx: Tx, *, kind: _Kind, rows: list[Any]) -> None:
    for row in rows:
        tx.delete(kind.table, *[getattr(row, column) for column in kind.table.key_columns])
