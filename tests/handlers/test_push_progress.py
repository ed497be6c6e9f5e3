"""How far everything has been pushed moves on with the oldest round that is not done, and no further."""

import pytest

from amanat.handlers.push_progress import PUSHED_UPTO, PushProgress
from amanat.store.streams import ROOM_STREAM
from tests.server import Server


@pytest.fixture
async def progress(amanat: Server) -> PushProgress:
    await amanat.amanat.pushing.close()
    progress = PushProgress(amanat.amanat.store, now_ms=amanat.clock.now_ms)
    await progress.open()
    return progress


async def _written(amanat: Server) -> int:
    return int((await amanat.amanat.store.meta()).get(PUSHED_UPTO, 0))


async def test_what_is_written_down_waits_for_the_oldest_round(amanat: Server, progress: PushProgress) -> None:
    alice, before = await amanat.user("alice"), await _written(amanat)
    await alice.create_room()
    first = progress.begin()
    await alice.create_room()
    second = progress.begin()
    assert before < first.upto < second.upto
    progress.looked(second)
    await progress.save()
    assert await _written(amanat) == before
    progress.looked(first)
    await progress.save()
    assert await _written(amanat) == second.upto
    assert not progress.is_under_way


async def test_a_round_that_was_given_up_holds_nothing_up_and_counts_for_nothing(
    amanat: Server, progress: PushProgress
) -> None:
    alice, before = await amanat.user("alice"), await _written(amanat)
    room = await alice.create_room()
    progress.give_up(progress.begin())
    await progress.save()
    assert await _written(amanat) == before
    assert list(await progress.changed()) == [room]


async def test_what_changed_is_told_with_its_first_position(amanat: Server, progress: PushProgress) -> None:
    alice = await amanat.user("alice")
    room, other = await alice.create_room(), await alice.create_room()
    progress.skip()
    assert await progress.changed() == {}
    upto = amanat.amanat.store.position(ROOM_STREAM)
    for each in room, other, room:
        await alice.send(each, "hello")
    assert await progress.changed() == {room: upto + 1, other: upto + 2}
