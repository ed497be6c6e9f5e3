"""The PIN lock: who has the number alone does not get in, however often and from wherever they try."""

import asyncio

import pytest

from amanat.core.errors import LimitExceeded
from amanat.core.pins import DAY_MS, FREE_TRIES, LAPSES_MS, TRIES_A_DAY, WAITS_MS
from amanat.handlers.slow_hashes import SlowHashes
from amanat.product.accounts.credentials.credentials import Credentials
from amanat.product.accounts.credentials.errors import WeakPin, WrongPin
from amanat.product.accounts.credentials.notices import Kind
from amanat.product.accounts.credentials.pins import Pins
from amanat.product.accounts.credentials.tables import PIN
from tests.server import Server

PIN_OF_ANI = "482915"
WRONG = "739164"


async def kinds(credentials: Credentials, user_id: str) -> list[Kind]:
    return [notice.kind for notice in await credentials.notices.list(user_id)]


async def test_only_the_account_s_own_pin_is_right(amanat: Server, credentials: Credentials) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    await credentials.pins.set(ani.user_id, PIN_OF_ANI)
    await credentials.pins.set(budi.user_id, WRONG)
    await credentials.pins.check(ani.user_id, PIN_OF_ANI)
    for user_id, pin in ((ani.user_id, WRONG), (budi.user_id, PIN_OF_ANI), ("@nobody:localhost", PIN_OF_ANI)):
        with pytest.raises(WrongPin):
            await credentials.pins.check(user_id, pin)


async def test_a_pin_that_anybody_would_try_is_refused_with_its_reason(credentials: Credentials) -> None:
    with pytest.raises(WeakPin) as refused:
        await credentials.pins.set("@ani:localhost", "123456")
    assert refused.value.body()["reason"] == "run"


async def test_a_new_pin_takes_the_place_of_the_old(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await credentials.pins.set(ani.user_id, PIN_OF_ANI)
    await credentials.pins.set(ani.user_id, WRONG)
    await credentials.pins.check(ani.user_id, WRONG)
    with pytest.raises(WrongPin):
        await credentials.pins.check(ani.user_id, PIN_OF_ANI)


# Brute force. No address is known here: whoever guesses, the account counts.


async def test_after_the_free_tries_one_waits(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await credentials.pins.set(ani.user_id, PIN_OF_ANI)
    for _ in range(FREE_TRIES):
        with pytest.raises(WrongPin) as wrong:
            await credentials.pins.check(ani.user_id, WRONG)
    assert 0 < wrong.value.body()["retry_after_ms"] <= WAITS_MS[0]
    with pytest.raises(LimitExceeded):
        await credentials.pins.check(ani.user_id, PIN_OF_ANI)
    amanat.clock.pass_ms(WAITS_MS[0])
    await credentials.pins.check(ani.user_id, PIN_OF_ANI)


async def test_a_thousand_tries_at_once_are_five(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await credentials.pins.set(ani.user_id, PIN_OF_ANI)
    tried = await asyncio.gather(
        *(credentials.pins.check(ani.user_id, f"{guess:06}") for guess in range(1000)), return_exceptions=True
    )
    assert sum(isinstance(outcome, WrongPin) for outcome in tried) == FREE_TRIES
    assert sum(isinstance(outcome, LimitExceeded) for outcome in tried) == 1000 - FREE_TRIES


async def test_there_are_ten_tries_a_day_even_for_who_waits(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await credentials.pins.set(ani.user_id, PIN_OF_ANI)
    for _ in range(TRIES_A_DAY):
        with pytest.raises(WrongPin) as wrong:
            await credentials.pins.check(ani.user_id, WRONG)
        amanat.clock.pass_ms(wrong.value.body()["retry_after_ms"])
    with pytest.raises(LimitExceeded) as late:
        await credentials.pins.check(ani.user_id, PIN_OF_ANI)
    assert late.value.fields["retry_after_ms"] > max(WAITS_MS)
    amanat.clock.pass_ms(DAY_MS)
    await credentials.pins.check(ani.user_id, PIN_OF_ANI)


async def test_the_owner_s_own_success_gives_a_guesser_no_new_day(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await credentials.pins.set(ani.user_id, PIN_OF_ANI)
    for _ in range(2):
        for _ in range(FREE_TRIES - 1):
            with pytest.raises(WrongPin):
                await credentials.pins.check(ani.user_id, WRONG)
        await credentials.pins.check(ani.user_id, PIN_OF_ANI)
    for _ in range(TRIES_A_DAY - 2 * (FREE_TRIES - 1)):
        with pytest.raises(WrongPin):
            await credentials.pins.check(ani.user_id, WRONG)
    with pytest.raises(LimitExceeded):
        await credentials.pins.check(ani.user_id, PIN_OF_ANI)


async def test_wrong_tries_are_told_to_the_account_s_devices_once_an_hour(
    amanat: Server, credentials: Credentials
) -> None:
    ani = await amanat.user("ani")
    await credentials.pins.set(ani.user_id, PIN_OF_ANI)
    for _ in range(3):
        with pytest.raises(WrongPin):
            await credentials.pins.check(ani.user_id, WRONG)
    assert await kinds(credentials, ani.user_id) == [Kind.PIN_SET, Kind.PIN_WRONG]


async def test_whoever_is_asked_about_stands_in_the_same_line(amanat: Server, credentials: Credentials) -> None:
    """An account without a PIN, and none at all, cost a guess as much; what was not tested is not counted."""
    ani = await amanat.user("ani")
    await credentials.pins.set(ani.user_id, PIN_OF_ANI)
    full = SlowHashes(max_waiting=0)
    pins = Pins(
        amanat.amanat.store,
        slow_hashes=full,
        notices=credentials.notices,
        secret=lambda: amanat.amanat.keys.secret,
        now_ms=amanat.clock.now_ms,
    )
    for user_id in [ani.user_id, "@nobody:localhost"] * TRIES_A_DAY:
        with pytest.raises(LimitExceeded, match="at this moment"):
            await pins.check(user_id, WRONG)
    full.close()
    await credentials.pins.check(ani.user_id, PIN_OF_ANI)


# SIM swap


async def test_the_lock_holds_while_the_account_is_used(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    assert not await credentials.pins.locks(ani.user_id)
    await credentials.pins.set(ani.user_id, PIN_OF_ANI)
    amanat.clock.pass_ms(LAPSES_MS - DAY_MS)
    await ani.get("/account/whoami")
    await amanat.amanat.sessions.write_seen()
    amanat.clock.pass_ms(LAPSES_MS - DAY_MS)
    assert await credentials.pins.locks(ani.user_id)


async def test_the_lock_lapses_after_a_week_in_which_nobody_was_there(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await credentials.pins.set(ani.user_id, PIN_OF_ANI)
    lapses_ts = await credentials.pins.lapses_ts(ani.user_id)
    assert lapses_ts is not None
    amanat.clock.pass_ms(lapses_ts - amanat.clock.ms - 10)
    assert await credentials.pins.locks(ani.user_id)
    amanat.clock.pass_ms(10)
    assert not await credentials.pins.locks(ani.user_id)


async def test_signing_the_last_device_out_does_not_open_the_lock(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await credentials.pins.set(ani.user_id, PIN_OF_ANI)
    for _ in range(4):
        amanat.clock.pass_ms(LAPSES_MS // 4)
        await ani.get("/account/whoami")
    await ani.post("/logout", {})
    assert await amanat.amanat.devices.list(ani.user_id) == []
    assert await credentials.pins.locks(ani.user_id)


async def test_devices_hear_of_somebody_who_stands_before_the_lock(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await credentials.pins.set(ani.user_id, PIN_OF_ANI)
    synced = await ani.sync()
    await credentials.pins.tell_asked(ani.user_id)
    (told,) = (await ani.sync(synced["next_batch"]))["account_data"]["events"]
    assert told["type"] == "id.amanat.security"
    assert told["content"]["notices"][-1]["kind"] == "pin_asked"
    assert told["content"]["notices"][-1]["until_ts"] == await credentials.pins.lapses_ts(ani.user_id)


async def test_without_a_pin_the_number_opens_the_account(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await credentials.pins.set(ani.user_id, PIN_OF_ANI)
    await credentials.pins.remove(ani.user_id)
    assert not await credentials.pins.locks(ani.user_id)
    assert await kinds(credentials, ani.user_id) == [Kind.PIN_SET, Kind.PIN_REMOVED]


# A stolen database


async def test_what_is_stored_of_a_pin_cannot_be_tested_without_the_secret(
    amanat: Server, credentials: Credentials
) -> None:
    ani = await amanat.user("ani")
    await credentials.pins.set(ani.user_id, PIN_OF_ANI)
    row = await amanat.amanat.store.first(PIN, user_id=ani.user_id)
    assert row is not None
    assert row.pin_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not await amanat.amanat.slow_hashes.matches(row.pin_hash, PIN_OF_ANI)
