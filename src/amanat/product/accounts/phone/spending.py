"""What texts cost, by the day, and the stop where that is too much."""

from collections.abc import Callable

from msgspec.structs import replace

from amanat.core.otp import DAY_MS
from amanat.db.tx import Tx
from amanat.outbound.sms.chain import CapReached
from amanat.product.accounts.phone.tables import SMS_SPENDING, SmsSpendingRow
from amanat.store.store import Store


class Spending:
    """The purse of texts, in the database: a restart does not fill it. Days are those of UTC."""

    def __init__(self, store: Store, *, daily_cap: int, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._daily_cap = daily_cap
        self._now_ms = now_ms

    async def pay(self, adapter: str, price: int) -> None:
        """Take the price of one text before it is sent; raises `CapReached`."""
        day = self._now_ms() // DAY_MS

        def run(tx: Tx) -> None:
            rows = {row.adapter: row for row in tx.scan(SMS_SPENDING, day)}
            if sum(row.spent for row in rows.values()) + price > self._daily_cap:
                raise CapReached
            row = rows.get(adapter, SmsSpendingRow(day, adapter, 0, 0, 0))
            tx.put(SMS_SPENDING, replace(row, spent=row.spent + price, sent=row.sent + 1))

        await self._store.write(run, needs=[(SMS_SPENDING, (day,))])

    async def count_failure(self, adapter: str, *, refund: int) -> None:
        """Count a text that failed, and take back what it did not cost."""
        day = self._now_ms() // DAY_MS

        def run(tx: Tx) -> None:
            row = tx.get(SMS_SPENDING, day, adapter)
            if row is not None:
                sent, failed = row.sent - 1, row.failed + 1
                tx.put(SMS_SPENDING, replace(row, spent=row.spent - refund, sent=sent, failed=failed))

        await self._store.write(run, needs=[(SMS_SPENDING, (day, adapter))])
