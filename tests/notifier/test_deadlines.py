"""Waiters end when their time is up, together with those whose time is up in the same moment."""

import asyncio

from amanat.notifier.deadlines import ENDED_AT_ONCE, TICK_S, Deadlines, Waiter


def waiter() -> Waiter:
    return asyncio.get_running_loop().create_future()


async def test_a_waiter_ends_when_its_time_is_up_and_not_before() -> None:
    deadlines, soon, late = Deadlines(), waiter(), waiter()
    deadlines.add(soon, timeout_s=TICK_S)
    deadlines.add(late, timeout_s=60)

    assert await soon is False

    assert not late.done()
    assert len(deadlines) == 1


async def test_who_is_removed_does_not_end() -> None:
    deadlines, gone, stays = Deadlines(), waiter(), waiter()
    tick = deadlines.add(gone, timeout_s=TICK_S)
    deadlines.add(stays, timeout_s=TICK_S)

    deadlines.remove(gone, tick=tick)
    await stays

    assert not gone.done()
    assert len(deadlines) == 0


async def test_a_waiter_that_has_ended_otherwise_is_let_be() -> None:
    deadlines, woken, stays = Deadlines(), waiter(), waiter()
    deadlines.add(woken, timeout_s=TICK_S)
    deadlines.add(stays, timeout_s=TICK_S)

    woken.set_result(True)
    await stays

    assert woken.result() is True


async def test_many_are_ended_over_several_turns() -> None:
    deadlines, people = Deadlines(), [waiter() for _ in range(3 * ENDED_AT_ONCE)]
    for each in people:
        deadlines.add(each, timeout_s=0)

    await asyncio.wait(people, return_when=asyncio.FIRST_COMPLETED)
    assert 0 < len(deadlines) < len(people)

    assert not any(await asyncio.gather(*people))
    assert len(deadlines) == 0
