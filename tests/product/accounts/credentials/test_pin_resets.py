"""The operator can have a PIN forgotten, but not behind its owner's back and not at once."""

import pytest

from amanat.core.errors import NotFound
from amanat.core.pins import DAY_MS, RESET_MS
from amanat.product.accounts.credentials.credentials import Credentials
from amanat.product.accounts.credentials.notices import Kind
from tests.server import Server

PIN = "482915"


async def test_a_reset_takes_three_days_and_is_told_at_both_ends(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await credentials.pins.set(ani.user_id, PIN)
    reset_ts = await credentials.pin_resets.ask(ani.user_id)
    amanat.clock.pass_ms(RESET_MS - DAY_MS)
    await credentials.pin_resets.sweep()
    assert await credentials.pins.locks(ani.user_id)
    assert await credentials.pin_resets.pending(ani.user_id) == reset_ts
    amanat.clock.pass_ms(DAY_MS)
    assert not await credentials.pins.locks(ani.user_id)
    await credentials.pin_resets.sweep()
    notices = await credentials.notices.list(ani.user_id)
    assert [notice.kind for notice in notices] == [Kind.PIN_SET, Kind.PIN_RESET_ASKED, Kind.PIN_RESET]
    assert notices[1].until_ts == reset_ts


async def test_its_owner_can_object(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await credentials.pins.set(ani.user_id, PIN)
    await credentials.pin_resets.ask(ani.user_id)
    await credentials.pin_resets.cancel(ani.user_id)
    amanat.clock.pass_ms(RESET_MS + DAY_MS)
    await credentials.pin_resets.sweep()
    assert await credentials.pins.locks(ani.user_id)
    assert await credentials.pin_resets.pending(ani.user_id) is None


async def test_asking_again_does_not_put_it_off(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await credentials.pins.set(ani.user_id, PIN)
    first = await credentials.pin_resets.ask(ani.user_id)
    amanat.clock.pass_ms(DAY_MS)
    assert await credentials.pin_resets.ask(ani.user_id) == first


async def test_a_pin_set_meanwhile_stays(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await credentials.pins.set(ani.user_id, PIN)
    await credentials.pin_resets.ask(ani.user_id)
    await credentials.pins.set(ani.user_id, "739164")
    amanat.clock.pass_ms(RESET_MS)
    await credentials.pin_resets.sweep()
    await credentials.pins.check(ani.user_id, "739164")


async def test_where_there_is_nothing_to_reset_the_operator_is_told(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    with pytest.raises(NotFound):
        await credentials.pin_resets.ask(ani.user_id)
    with pytest.raises(NotFound):
        await credentials.pin_resets.cancel(ani.user_id)
