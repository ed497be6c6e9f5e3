"""What waits for a bot, and who waits for it."""

import asyncio

from tests.gateway.service.bot_at_work import BotAtWork


async def test_updates_wait_until_they_are_confirmed(at_work: BotAtWork) -> None:
    line, visitor = at_work.line, await at_work.visitor()
    for word in ("satu", "dua", "tiga"):
        await visitor.writes(word)
        await at_work.told("Came")
    waiting = await line.updates(after=0, most=10)
    assert [update.position for update in waiting] == sorted(update.position for update in waiting)
    assert await line.last_updates(most=1) == waiting[-1:]
    assert await line.count_updates() == len(waiting)
    await line.confirm(to=waiting[-2].position)
    assert await line.updates(after=0, most=10) == waiting[-1:]


async def test_what_comes_between_looking_and_waiting_is_not_waited_for(at_work: BotAtWork) -> None:
    line = at_work.line
    assert await line.updates(after=0, most=1) == []
    visitor = await at_work.visitor()
    await visitor.writes("halo")
    await at_work.receives()
    async with asyncio.timeout(10):
        await line.wait_for_update(seconds=600)
    assert await line.updates(after=0, most=1)


async def test_who_waits_looks_once_the_database_is_back(at_work: BotAtWork) -> None:
    waiting = asyncio.create_task(at_work.line.wait_for_update(seconds=600))
    await asyncio.sleep(0)
    for told in at_work.ground.store.recovered:
        told()
    async with asyncio.timeout(10):
        await waiting
