import asyncio

import pytest

from amanat.core.otp import DAY_MS
from amanat.outbound.sms.chain import CapReached
from amanat.product.accounts.phone.spending import Spending
from amanat.product.accounts.phone.tables import SMS_SPENDING, SmsSpendingRow
from amanat.store.store import Store
from tests.store.schema import everything_in


def purse(store: Store, *, now_ms: int = 0, cap: int = 10) -> Spending:
    return Spending(store, daily_cap=cap, now_ms=lambda: now_ms)


async def test_the_cap_stops_all_adapters(store: Store) -> None:
    await purse(store).pay("http", 6)
    await purse(store).pay("twilio", 4)
    for adapter in ("http", "twilio"):
        with pytest.raises(CapReached):
            await purse(store).pay(adapter, 1)
    await purse(store).pay("console", 0)


async def test_texts_sent_at_once_do_not_pass_the_cap(store: Store) -> None:
    paid = await asyncio.gather(*(purse(store).pay("http", 3) for _ in range(8)), return_exceptions=True)
    assert [type(error) for error in paid if error is not None] == [CapReached] * 5


async def test_a_restart_does_not_fill_the_purse_and_a_new_day_does(lite: Store) -> None:
    await purse(lite).pay("http", 10)
    with pytest.raises(CapReached):
        await purse(lite, now_ms=DAY_MS - 1).pay("http", 1)
    await purse(lite, now_ms=DAY_MS).pay("http", 10)


async def test_texts_are_counted_by_adapter_and_what_they_did_not_cost_comes_back(lite: Store) -> None:
    for _ in range(3):
        await purse(lite).pay("http", 3)
    await purse(lite).count_failure("http", refund=3)
    await purse(lite).count_failure("twilio", refund=3)
    assert await everything_in(lite, SMS_SPENDING) == [SmsSpendingRow(0, "http", 6, 2, 1)]
