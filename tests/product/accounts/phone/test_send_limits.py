from msgspec import json

from amanat.product.accounts.phone.send_limits import KEPT
from amanat.product.accounts.phone.tables import PHONE_SENDS
from amanat.store.store import Store
from tests.product.accounts.phone.people import ANI, Phones
from tests.store.schema import everything_in


async def test_a_lab_sends_as_often_as_it_is_asked_and_remembers_the_last(lite: Store) -> None:
    phones = Phones(lite, limited=False)
    for _ in range(KEPT + 5):
        assert (await phones.request(ANI)).resend_after_s == 0
    (row,) = await everything_in(lite, PHONE_SENDS)
    assert len(json.decode(row.sent)) == KEPT


async def test_a_number_is_known_by_its_hash_and_its_asker_by_theirs(phones: Phones) -> None:
    limits = phones.feature.codes.limits
    sending = limits.sending("0812 3456 7890", address="2001:db8::7", work=None, now_ms=1)
    neighbour = limits.sending(ANI, address="2001:db8::8", work=None, now_ms=2)
    assert (sending.number, sending.number_hash) == (ANI, neighbour.number_hash)
    assert sending.address_hash == neighbour.address_hash


async def test_a_code_that_was_never_sent_is_given_back(store: Store) -> None:
    phones = Phones(store, phone_daily_per_address=1)
    limits = phones.feature.codes.limits
    sending = limits.sending(ANI, address="192.0.2.1", work=None, now_ms=phones.clock.now_ms())
    needs = limits.needs(sending)
    assert await phones.store.write(lambda tx: limits.admit(tx, sending), needs=needs) == 60_000
    await phones.store.write(lambda tx: limits.give_back(tx, sending), needs=needs)
    assert await phones.store.write(lambda tx: limits.admit(tx, sending), needs=needs) == 60_000
