import pytest

from amanat.product.accounts.phone.errors import WorkNeeded
from amanat.product.accounts.phone.work import LIFETIME_MS, WorkChallenge
from amanat.store.store import Store
from tests.product.accounts.phone.people import ANI, BUDI, MINUTE_MS, Phones, solve


async def test_the_first_text_to_a_number_costs_work(store: Store) -> None:
    phones = Phones(store, phone_work_bits=6)
    with pytest.raises(WorkNeeded) as needed:
        await phones.request(ANI)
    asked = needed.value.fields
    challenge = WorkChallenge(challenge=asked["challenge"], bits=asked["bits"], expires_ts=asked["expires_ts"])
    await phones.request(ANI, work=solve(challenge))
    assert len(phones.inbox.texts(ANI)) == 1


async def test_the_next_text_to_it_costs_none_from_the_same_network(lite: Store) -> None:
    phones = Phones(lite, phone_work_bits=6)
    await phones.request(ANI, address="2001:db8::1", work=phones.work())
    phones.clock.pass_ms(MINUTE_MS)
    await phones.request(ANI, address="2001:db8::2")
    phones.clock.pass_ms(2 * MINUTE_MS)
    with pytest.raises(WorkNeeded):
        await phones.request(ANI, address="2001:db8:1::1")


async def test_work_is_good_once(lite: Store) -> None:
    phones = Phones(lite, phone_work_bits=6)
    work = phones.work()
    await phones.request(ANI, work=work)
    with pytest.raises(WorkNeeded):
        await phones.request(BUDI, work=work)


async def test_old_work_is_not_good(lite: Store) -> None:
    phones = Phones(lite, phone_work_bits=6)
    work = phones.work()
    phones.clock.pass_ms(LIFETIME_MS)
    with pytest.raises(WorkNeeded):
        await phones.request(ANI, work=work)


async def test_work_of_another_server_is_not_good(lite: Store) -> None:
    phones = Phones(lite, phone_work_bits=6)
    with pytest.raises(WorkNeeded):
        await phones.request(ANI, work=phones.work().replace("1.", "2.", 1))


async def test_work_that_a_limit_refused_is_still_good(lite: Store) -> None:
    phones = Phones(lite, phone_work_bits=6)
    await phones.request(ANI, work=phones.work())
    work = phones.work()
    assert (await phones.request(BUDI, work=work)).resend_after_s == 60


async def test_nobody_works_where_none_is_asked_for(phones: Phones) -> None:
    assert phones.feature.work.challenge().bits == 0
    assert (await phones.request(ANI, work="nonsense")).resend_after_s == 60
