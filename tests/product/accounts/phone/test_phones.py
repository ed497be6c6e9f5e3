"""Whose number it is."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.db.sqlite import SqliteDatabase
from amanat.product.accounts.phone.codes import Phone
from amanat.product.accounts.phone.errors import Expired, NumberInUse
from amanat.product.accounts.phone.phones import Phones as Numbers
from amanat.product.accounts.phone.tables import PHONE_OWNERS, PHONES
from amanat.store.store import Store
from tests.product.accounts.phone.people import ANI, BUDI, Phones
from tests.store.schema import everything_in


def phone(numbers: Numbers, number: str) -> Phone:
    return Phone(numbers.hash_of(number), number)


async def link(phones: Phones, number: str, user_id: str) -> None:
    numbers = phones.feature.phones
    held = phone(numbers, number)
    await phones.store.write(lambda tx: numbers.link(tx, held, user_id=user_id), needs=numbers.needs(user_id, held))


async def take_over(phones: Phones, number: str, user_id: str) -> str | None:
    numbers = phones.feature.phones
    held = phone(numbers, number)
    return await phones.store.write(
        lambda tx: numbers.take_over(tx, held, user_id=user_id), needs=numbers.needs(user_id, held)
    )


async def owner(phones: Phones, number: str) -> str | None:
    return await phones.feature.phones.owner(phones.feature.phones.hash_of(number))


async def test_a_number_leads_to_its_account_and_is_shown_masked(store: Store) -> None:
    phones = Phones(store)
    await link(phones, ANI, "@ani:x")
    assert (await owner(phones, ANI), await owner(phones, BUDI)) == ("@ani:x", None)
    assert await phones.feature.phones.masked("@ani:x") == "+62 ••• ••90"
    assert await phones.feature.phones.number("@ani:x") == ANI
    assert await phones.feature.phones.masked("@budi:x") is None


async def test_a_number_belongs_to_one_account(store: Store) -> None:
    phones = Phones(store)
    await link(phones, ANI, "@ani:x")
    with pytest.raises(NumberInUse):
        await link(phones, ANI, "@budi:x")
    await link(phones, ANI, "@ani:x")
    assert await owner(phones, ANI) == "@ani:x"


async def test_a_new_number_takes_the_place_of_the_old(phones: Phones) -> None:
    await link(phones, ANI, "@ani:x")
    await link(phones, BUDI, "@ani:x")
    assert (await owner(phones, ANI), await owner(phones, BUDI)) == (None, "@ani:x")
    await link(phones, ANI, "@budi:x")


async def test_a_number_is_taken_over_when_the_caller_says_so(store: Store) -> None:
    phones = Phones(store)
    await link(phones, ANI, "@ani:x")
    await link(phones, BUDI, "@budi:x")
    assert await take_over(phones, ANI, "@budi:x") == "@ani:x"
    assert (await owner(phones, ANI), await owner(phones, BUDI)) == ("@budi:x", None)
    assert await phones.feature.phones.number("@ani:x") is None
    assert await take_over(phones, ANI, "@budi:x") is None


async def test_an_account_that_ends_lets_its_number_go_and_leaves_nothing(store: Store) -> None:
    phones = Phones(store)
    await link(phones, ANI, "@ani:x")
    challenge = await phones.request(ANI)
    await phones.feature.phones.forget("@ani:x")
    await phones.feature.phones.forget("@ani:x")
    assert await owner(phones, ANI) is None
    assert await everything_in(phones.store, PHONES) == []
    with pytest.raises(Expired):
        await phones.feature.codes.verify(challenge.id, phones.code(ANI))


NUMBERS, USERS = (ANI, BUDI, "+6281100000001"), ("@ani:x", "@budi:x", "@citra:x")
STEPS = st.lists(
    st.tuples(st.sampled_from(["link", "take", "forget"]), st.sampled_from(NUMBERS), st.sampled_from(USERS)),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_both_tables_say_the_same_whatever_is_done(steps: list[tuple[str, str, str]]) -> None:
    asyncio.run(_both_tables_agree(steps))


async def _both_tables_agree(steps: list[tuple[str, str, str]]) -> None:
    with TemporaryDirectory() as folder:
        store = Store(SqliteDatabase(Path(folder) / "amanat.db", portable=True))
        await store.open()
        phones = Phones(store)
        for act, number, user_id in steps:
            before = await owner(phones, number)
            if act == "forget":
                await phones.feature.phones.forget(user_id)
            elif act == "take":
                assert await take_over(phones, number, user_id) == (None if before == user_id else before)
            elif before in (None, user_id):
                await link(phones, number, user_id)
        forwards = {(row.user_id, row.number_hash) for row in await everything_in(store, PHONES)}
        backwards = {(row.user_id, row.number_hash) for row in await everything_in(store, PHONE_OWNERS)}
        await store.close()
    assert forwards == backwards
