"""The last tries to deliver to a bot's webhook: what came of each, what it brought, and bringing it again."""

from collections.abc import Callable, Sequence
from typing import Final

from amanat.db.tx import Tx
from amanat.gateway.bots.api import Delivery, DeliveryState
from amanat.gateway.bots.delivery.deliveries import GIVEN_UP, TEST
from amanat.gateway.bots.tables import (
    DELIVERY_OF_POSITION,
    LAST_DELIVERIES,
    TRIED_AND_WAITING,
    UPDATE_STREAM,
    UPDATES,
    DeliveryRow,
    UpdateRow,
)
from amanat.gateway.store.store import GatewayStore

_GOOD: Final = range(200, 300)


class Tries:
    """One bot's. `look` wakes what delivers."""

    def __init__(self, store: GatewayStore, *, now_ms: Callable[[], int], look: Callable[[], None]) -> None:
        self._store = store
        self._now_ms = now_ms
        self._look = look

    async def last(self) -> list[Delivery]:
        """Return the last 100, the newest first."""
        rows = await self._store.all(LAST_DELIVERIES)
        waiting = await self._store.all(TRIED_AND_WAITING)
        return _told(rows, waiting={row.number for row in waiting})

    async def one(self, position: int) -> DeliveryRow | None:
        """Return what one of them brought, and what it was answered."""
        return await self._store.first(DELIVERY_OF_POSITION, position=position)

    async def replay(self, position: int) -> bool:
        """Deliver what one of them brought again, byte for byte; whether it is still there, and was no test."""
        tried = await self.one(position)
        if tried is None or tried.kind == TEST:
            return False
        now_ms = self._now_ms()

        def put_again(tx: Tx) -> None:
            row = UpdateRow(tx.next(UPDATE_STREAM), tried.chat, tried.kind, tried.body, now_ms, 0, now_ms)
            tx.put(UPDATES, row)
            tx.after_commit(self._look)

        await self._store.write(put_again)
        return True


def _told(rows: Sequence[DeliveryRow], *, waiting: set[int]) -> list[Delivery]:
    taken = {row.update_position for row in rows if row.status in _GOOD}
    given_up = {row.update_position for row in rows if (row.status, row.answer) == (0, GIVEN_UP)}

    def state(row: DeliveryRow) -> DeliveryState:
        if row.status in _GOOD:
            return "delivered"
        if row.kind == TEST:
            return "failed"
        if row.update_position in taken:
            return "retried"
        if row.update_position in given_up:
            return "given_up"
        return "waits" if row.update_position in waiting else "gone"

    return [
        Delivery(
            position=row.position,
            update=row.update_position,
            kind=row.kind,
            ts=row.ts,
            took_ms=row.took_ms,
            status=row.status,
            answer=row.answer,
            state=state(row),
        )
        for row in rows
    ]
