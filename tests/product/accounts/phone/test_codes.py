"""Codes: what is sent, and what becomes of what is typed."""

import pytest

from amanat.core.errors import LimitExceeded
from amanat.core.otp import DAY_MS, LIFETIME_MS
from amanat.core.phone_numbers import NumberRefused
from amanat.outbound.sms.sms import Delivery, SmsFailed
from amanat.product.accounts.phone.code_texts import CodeTexts
from amanat.product.accounts.phone.codes import PhoneCodes
from amanat.product.accounts.phone.errors import Expired, SmsUnavailable, TooManyGuesses, WrongCode
from amanat.store.store import Store
from tests.product.accounts.phone.people import ANI, BUDI, MINUTE_MS, Phones


async def test_the_right_code_proves_who_holds_the_phone(store: Store) -> None:
    phones = Phones(store)
    challenge = await phones.request("0812-3456-7890")
    phone = await phones.feature.codes.verify(challenge.id, phones.code(ANI))
    assert (phone.number, phone.number_hash) == (ANI, phones.feature.phones.hash_of(ANI))


async def test_a_code_is_typed_with_spaces_too(phones: Phones) -> None:
    challenge = await phones.request(ANI)
    code = phones.code(ANI)
    assert (await phones.feature.codes.verify(challenge.id, f" {code[:3]} {code[3:]} ")).number == ANI


async def test_a_code_is_good_once(phones: Phones) -> None:
    challenge = await phones.request(ANI)
    await phones.feature.codes.verify(challenge.id, phones.code(ANI))
    with pytest.raises(Expired):
        await phones.feature.codes.verify(challenge.id, phones.code(ANI))


async def test_a_code_is_good_for_ten_minutes(phones: Phones) -> None:
    challenge = await phones.request(ANI)
    phones.clock.pass_ms(LIFETIME_MS - 1)
    with pytest.raises(WrongCode):
        await phones.feature.codes.verify(challenge.id, phones.wrong_code(ANI))
    phones.clock.pass_ms(1)
    with pytest.raises(Expired):
        await phones.feature.codes.verify(challenge.id, phones.code(ANI))


async def test_five_wrong_guesses_void_a_code(store: Store) -> None:
    phones = Phones(store)
    challenge = await phones.request(ANI)
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongCode) as wrong:
            await phones.feature.codes.verify(challenge.id, phones.wrong_code(ANI))
        assert wrong.value.fields == {"guesses_left": left}
    for code in (phones.wrong_code(ANI), phones.code(ANI), phones.code(ANI)):
        with pytest.raises(TooManyGuesses):
            await phones.feature.codes.verify(challenge.id, code)


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "١٢٣٤٥٦", "\ud800", "\0", "9" * 10_000])
async def test_what_is_no_code_is_a_wrong_one(phones: Phones, typed: str) -> None:
    challenge = await phones.request(ANI)
    with pytest.raises(WrongCode):
        await phones.feature.codes.verify(challenge.id, typed)


async def test_a_new_code_voids_the_old(phones: Phones) -> None:
    first = await phones.request(ANI)
    old = phones.code(ANI)
    phones.clock.pass_ms(MINUTE_MS)
    second = await phones.request(ANI)
    with pytest.raises(Expired):
        await phones.feature.codes.verify(first.id, old)
    assert (await phones.feature.codes.verify(second.id, phones.code(ANI))).number == ANI


async def test_a_code_of_one_challenge_is_none_of_another(phones: Phones) -> None:
    await phones.request(ANI)
    of_budi = await phones.request(BUDI)
    if phones.code(ANI) != phones.code(BUDI):
        with pytest.raises(WrongCode):
            await phones.feature.codes.verify(of_budi.id, phones.code(ANI))


async def test_a_code_of_one_purpose_is_none_of_another(phones: Phones) -> None:
    challenge = await phones.request(ANI, purpose="sign-in")
    with pytest.raises(Expired):
        await phones.feature.codes.verify(challenge.id, phones.code(ANI), purpose="change-number")
    assert (await phones.feature.codes.verify(challenge.id, phones.code(ANI))).number == ANI


@pytest.mark.parametrize("challenge_id", ["", "nothing", "\0", "\ud800", "x" * 10_000])
async def test_a_challenge_that_never_was_is_an_expired_one(phones: Phones, challenge_id: str) -> None:
    with pytest.raises(Expired):
        await phones.feature.codes.verify(challenge_id, "123456")


async def test_waits_grow_and_are_told_beforehand(phones: Phones) -> None:
    told = []
    for _ in range(5):
        told.append((await phones.request(ANI)).resend_after_s)
        with pytest.raises(LimitExceeded) as early:
            await phones.request(ANI)
        assert early.value.fields["retry_after_ms"] == told[-1] * 1000
        phones.clock.pass_ms(told[-1] * 1000)
    assert told[:4] == [60, 120, 300, 900]
    assert told[4] * 1000 == DAY_MS - (1 + 2 + 5 + 15) * MINUTE_MS
    # The second was sent a minute after the first, which is a day old by now.
    assert (await phones.request(ANI)).resend_after_s == 60


async def test_a_number_that_takes_no_texts_is_refused_before_anything_is_stored(phones: Phones) -> None:
    with pytest.raises(NumberRefused, match="premium"):
        await phones.request("+62 809 123 4567")
    assert phones.inbox.texts() == []


class Broken:
    """A way to send that never can."""

    def __init__(self, *, maybe_sent: bool) -> None:
        self._maybe_sent = maybe_sent

    async def send(self, number: str, text: str, *, purpose: str) -> str:
        raise SmsFailed("broken", maybe_sent=self._maybe_sent)

    async def status(self, message_id: str) -> Delivery:
        return "failed"

    async def price(self, number: str) -> int:
        return 0


def broken(phones: Phones, *, maybe_sent: bool) -> PhoneCodes:
    """The same codes, through an adapter that fails."""
    codes = phones.feature.codes
    texts = CodeTexts(Broken(maybe_sent=maybe_sent), host="chat.example.id")
    return PhoneCodes(phones.store, keys=codes.keys, texts=texts, limits=codes.limits, now_ms=phones.clock.now_ms)


async def ask(codes: PhoneCodes) -> None:
    await codes.request(ANI, purpose="sign-in", address="192.0.2.1", language="id")


async def test_who_was_sent_nothing_need_not_wait(phones: Phones) -> None:
    with pytest.raises(SmsUnavailable):
        await ask(broken(phones, maybe_sent=False))
    assert (await phones.request(ANI)).resend_after_s == 60


async def test_who_was_perhaps_sent_something_waits(phones: Phones) -> None:
    with pytest.raises(SmsUnavailable):
        await ask(broken(phones, maybe_sent=True))
    with pytest.raises(LimitExceeded):
        await phones.request(ANI)


async def test_a_server_without_adapters_says_so(phones: Phones) -> None:
    codes = phones.feature.codes
    texts = CodeTexts(None, host="chat.example.id")
    silent = PhoneCodes(phones.store, keys=codes.keys, texts=texts, limits=codes.limits, now_ms=phones.clock.now_ms)
    assert (codes.available, silent.available) == (True, False)
    with pytest.raises(SmsUnavailable, match="sends no texts"):
        await ask(silent)
