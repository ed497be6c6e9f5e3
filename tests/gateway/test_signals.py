"""Who waits for a signal goes on once it is set, and who comes when it is set does not wait."""

import asyncio

from amanat.gateway.signals import Signal


async def test_all_who_wait_go_on_though_it_is_cleared_at_once() -> None:
    signal = Signal()
    waiting = [asyncio.create_task(signal.wait()) for _ in range(2)]
    await asyncio.sleep(0)
    assert not any(task.done() for task in waiting)
    signal.set()
    signal.clear()
    async with asyncio.timeout(10):
        await asyncio.gather(*waiting)
    assert not signal.is_set()


async def test_nobody_waits_for_what_is_set_until_it_is_cleared() -> None:
    signal = Signal()
    signal.set()
    async with asyncio.timeout(10):
        await signal.wait()
    signal.clear()
    waiting = asyncio.create_task(signal.wait())
    await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()


async def test_who_gave_up_keeps_nobody_else_waiting() -> None:
    signal = Signal()
    gave_up, stays = asyncio.create_task(signal.wait()), asyncio.create_task(signal.wait())
    await asyncio.sleep(0)
    gave_up.cancel()
    signal.set()
    async with asyncio.timeout(10):
        await stays
        await asyncio.wait([gave_up])
    assert gave_up.cancelled()
