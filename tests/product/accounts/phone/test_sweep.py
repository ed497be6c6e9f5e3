from typing import Any

from amanat.core.otp import DAY_MS, LIFETIME_MS
from amanat.db.table import Table
from amanat.product.accounts.phone.spending import Spending
from amanat.product.accounts.phone.sweep import SPENDING_DAYS, SWEPT_PER_UNIT
from amanat.product.accounts.phone.tables import PHONE_CODES, PHONE_COUNTS, PHONE_SENDS, PHONE_WORK, SMS_SPENDING
from amanat.store.store import Store
from tests.product.accounts.phone.people import ANI, Phones
from tests.store.schema import everything_in

TABLES: tuple[Table[Any], ...] = (PHONE_CODES, PHONE_SENDS, PHONE_COUNTS, PHONE_WORK, SMS_SPENDING)


async def sizes(store: Store) -> list[int]:
    return [len(await everything_in(store, table)) for table in TABLES]


async def test_each_table_is_swept_when_its_time_is_over(store: Store) -> None:
    phones = Phones(store, phone_work_bits=4)
    await phones.request(ANI, work=phones.work())
    await Spending(store, daily_cap=9, now_ms=phones.clock.now_ms).pay("http", 1)
    await phones.feature.sweep()
    assert await sizes(store) == [1, 1, 3, 1, 1]
    seen = []
    for passed in (LIFETIME_MS, DAY_MS, SPENDING_DAYS * DAY_MS):
        phones.clock.pass_ms(passed)
        await phones.feature.sweep()
        seen.append(await sizes(store))
    assert seen == [[0, 1, 3, 0, 1], [0, 0, 0, 0, 1], [0, 0, 0, 0, 0]]


async def test_many_rows_are_swept_in_one_go(lite: Store) -> None:
    phones = Phones(lite, phone_daily_per_address=10**6)
    for number in range(SWEPT_PER_UNIT + 20):
        await phones.request(f"+62812{3000 + number}0000")
    phones.clock.pass_ms(2 * DAY_MS)
    await phones.feature.sweep()
    assert await sizes(lite) == [0, 0, 0, 0, 0]
