"""The operator's way to forget a PIN: it takes days, and the owner hears of it and can object."""

from collections.abc import Callable, Sequence
from typing import Final

from msgspec.structs import replace

from amanat.core.errors import NotFound
from amanat.core.pins import RESET_MS
from amanat.db.tx import Need, Tx
from amanat.handlers.operator_acts import Noting, unnoted
from amanat.product.accounts.credentials.notices import Kind, Notices
from amanat.product.accounts.credentials.tables import PIN, PINS, PINS_TO_RESET
from amanat.store.store import Store

PER_SWEEP: Final = 100


class PinResets:
    """Announces, cancels and carries out resets."""

    def __init__(self, store: Store, *, notices: Notices, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._notices = notices
        self._now_ms = now_ms

    async def ask(self, user_id: str, *, note: Noting = unnoted) -> int:
        """Let the PIN be forgotten after a while in which its owner can object; return when that is."""
        reset_ts = self._now_ms() + RESET_MS

        def run(tx: Tx) -> int:
            row = tx.get(PINS, user_id)
            if row is None:
                raise NotFound("This account has no PIN.")
            if row.reset_ts is not None:
                return row.reset_ts
            tx.put(PINS, replace(row, reset_ts=reset_ts))
            self._notices.add(tx, user_id, kind=Kind.PIN_RESET_ASKED, until_ts=reset_ts)
            note(tx)
            return reset_ts

        return await self._store.write(run, needs=self._needs(user_id))

    async def cancel(self, user_id: str, *, note: Noting = unnoted) -> None:
        """Keep the PIN after all."""

        def run(tx: Tx) -> None:
            row = tx.get(PINS, user_id)
            if row is None or row.reset_ts is None:
                raise NotFound("There is no reset of this PIN to be cancelled.")
            tx.put(PINS, replace(row, reset_ts=None))
            self._notices.add(tx, user_id, kind=Kind.PIN_RESET_CANCELLED)
            note(tx)

        await self._store.write(run, needs=self._needs(user_id))

    async def pending(self, user_id: str) -> int | None:
        """Return when the operator's reset takes effect, if one is pending."""
        row = await self._store.first(PIN, user_id=user_id)
        return None if row is None else row.reset_ts

    async def sweep(self) -> None:
        """Forget the PINs whose reset takes effect."""
        now = self._now_ms()
        for row in await self._store.all(PINS_TO_RESET, now=now, max_rows=PER_SWEEP):
            await self._reset(row.user_id, now=now)

    async def _reset(self, user_id: str, *, now: int) -> None:
        def run(tx: Tx) -> None:
            row = tx.get(PINS, user_id)
            if row is not None and row.reset_ts is not None and row.reset_ts <= now:
                tx.delete(PINS, user_id)
                self._notices.add(tx, user_id, kind=Kind.PIN_RESET)

        await self._store.write(run, needs=self._needs(user_id))

    def _needs(self, user_id: str) -> Sequence[Need]:
        return [(PINS, (user_id,)), *self._notices.needs(user_id)]
