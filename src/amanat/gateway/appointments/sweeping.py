"""Rows that have served their purpose: old answers, strikes that no longer count, days that are over."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from amanat.db.query import Reader
from amanat.db.table import Key, Table
from amanat.db.tx import Tx, Unit
from amanat.gateway.appointments.notices import Notice
from amanat.gateway.appointments.settings import DAY_MS
from amanat.gateway.appointments.tables import (
    CLOSURES,
    FULL_DAYS,
    OLD_CLOSURES,
    OLD_FULL_DAYS,
    OLD_REQUESTS,
    OLD_STRIKES,
    OLD_WAITING,
    REQUESTS,
    STRIKES,
    WAITING,
)

REQUESTS_MS: Final = 7 * DAY_MS
"""How long the same request is answered alike. One is repeated after a crash, or by a device that was away."""
CLOSURE_DAYS: Final = 30
MOST: Final = 100

_OVER: Final = timedelta(days=2)
"""Then a day is over in every zone."""


async def sweeps(store: Reader, *, now_ms: int) -> list[Unit[tuple[Notice, ...]]]:
    """Return a unit that deletes some of what nobody needs any more, if there is any."""
    today = datetime.fromtimestamp(now_ms / 1000, UTC).date()
    over, long_over = today - _OVER, today - timedelta(days=CLOSURE_DAYS)
    requests = await store.all(OLD_REQUESTS, before_ms=now_ms - REQUESTS_MS, most=MOST)
    waiting = await store.all(OLD_WAITING, before=over.isoformat(), most=MOST)
    closures = await store.all(OLD_CLOSURES, before=long_over.isoformat(), most=MOST)
    full_days = await store.all(OLD_FULL_DAYS, before=over.isoformat(), most=MOST)
    gone: list[tuple[Table[Any], Key]] = [
        *((REQUESTS, (row.request,)) for row in requests),
        *((WAITING, (row.service, row.day, row.since_ms, row.person)) for row in waiting),
        *((CLOSURES, (row.counter, row.day)) for row in closures),
        *((FULL_DAYS, (row.counter, row.day)) for row in full_days),
    ]
    old_strikes = await store.all(OLD_STRIKES, now_ms=now_ms, most=MOST)
    strikes: list[Key] = [(row.subject, row.service) for row in old_strikes]
    return [_sweep(gone, strikes, now_ms=now_ms)] if gone or strikes else []


def _sweep(gone: list[tuple[Table[Any], Key]], strikes: list[Key], *, now_ms: int) -> Unit[tuple[Notice, ...]]:
    def run(tx: Tx) -> tuple[Notice, ...]:
        for table, key in gone:
            tx.delete(table, *key)
        for key in strikes:
            row = tx.get(STRIKES, *key)
            if row is not None and row.forget_ms <= now_ms:  # unless another has been added meanwhile
                tx.delete(STRIKES, *key)
        return ()

    return Unit(run, [(STRIKES, key) for key in strikes])
