"""Who waits is woken, and what comes between looking and waiting is not waited for."""

import asyncio

from amanat.gateway.bots.waiters import Waiters


async def test_all_who_wait_are_woken() -> None:
    waiters = Waiters()
    waiting = [asyncio.create_task(waiters.wait(None, since=waiters.generation)) for _ in range(2)]
    await asyncio.sleep(0)
    assert not any(task.done() for task in waiting)
    waiters.wake()
    async with asyncio.timeout(10):
        await asyncio.gather(*waiting)


async def test_what_came_since_one_looked_is_not_waited_for() -> None:
    waiters = Waiters()
    seen = waiters.generation
    waiters.wake()
    async with asyncio.timeout(10):
        await waiters.wait(None, since=seen)


async def test_time_is_up() -> None:
    waiters = Waiters()
    async with asyncio.timeout(10):
        await waiters.wait(0.001, since=waiters.generation)
