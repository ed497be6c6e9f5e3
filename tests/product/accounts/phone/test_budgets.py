import pytest

from amanat.core.errors import LimitExceeded
from amanat.product.accounts.phone.budgets import HOUR_MS
from amanat.product.accounts.phone.tables import PHONE_COUNTS
from amanat.store.store import Store
from tests.product.accounts.phone.people import ANI, BUDI, Phones
from tests.store.schema import everything_in


async def ask(phones: Phones, number: int, *, address: str = "192.0.2.1") -> None:
    """Each time for a number of another prefix."""
    await phones.request(f"+62812{number:04d}0000", address=address)


async def test_an_address_has_a_budget(store: Store) -> None:
    phones = Phones(store, phone_daily_per_address=3)
    for number in range(3):
        await ask(phones, number + 3000)
    with pytest.raises(LimitExceeded, match="from your network"):
        await ask(phones, 3003)
    await ask(phones, 3003, address="192.0.2.2")


async def test_the_addresses_of_one_customer_share_theirs(lite: Store) -> None:
    phones = Phones(lite, phone_daily_per_address=1)
    await ask(phones, 3000, address="2001:db8::1")
    with pytest.raises(LimitExceeded):
        await ask(phones, 3001, address="2001:db8::2")
    await ask(phones, 3001, address="2001:db8:0:1::1")


async def test_neighbouring_numbers_share_a_budget_even_if_all_enter_their_codes(lite: Store) -> None:
    phones = Phones(lite, phone_daily_per_prefix=3)
    for number in range(3):
        await phones.prove(f"+628123456{number:04d}")
    with pytest.raises(LimitExceeded, match="numbers like this one today"):
        await phones.request("+6281234569999")
    await phones.request("+6281234579999")


async def test_a_country_has_a_budget(lite: Store) -> None:
    phones = Phones(lite, phone_daily_per_country=2, phone_countries=("ID", "SG"))
    await phones.request(ANI)
    await phones.request(BUDI)
    with pytest.raises(LimitExceeded, match="this country"):
        await ask(phones, 3000)
    await phones.request("+6581234567")


async def test_a_budget_comes_back_after_a_day(lite: Store) -> None:
    phones = Phones(lite, phone_daily_per_address=1)
    await ask(phones, 3000)
    with pytest.raises(LimitExceeded) as refused:
        await ask(phones, 3001)
    assert 0 < refused.value.fields["retry_after_ms"] <= HOUR_MS
    phones.clock.pass_ms(24 * HOUR_MS)
    await ask(phones, 3001)


async def test_what_is_refused_is_not_counted(lite: Store) -> None:
    phones = Phones(lite, phone_daily_per_address=1, phone_daily_per_country=3)
    await ask(phones, 3000)
    for _ in range(5):
        with pytest.raises(LimitExceeded, match="network"):
            await ask(phones, 3001)
    await ask(phones, 3001, address="192.0.2.2")
    await ask(phones, 3002, address="192.0.2.3")


async def test_a_code_that_was_entered_after_its_count_was_swept_counts_for_nothing(phones: Phones) -> None:
    counts = phones.feature.codes.limits.counts
    await phones.store.write(lambda tx: counts.entered(tx, ANI, sent_ms=0), needs=counts.entered_needs(ANI, sent_ms=0))
    assert await everything_in(phones.store, PHONE_COUNTS) == []
