import asyncio

from amanat.handlers.housekeeping import CHORES_EVERY, Housekeeping


async def test_sweeps_are_often_and_chores_are_rare() -> None:
    done: list[str] = []
    finished = asyncio.Event()

    async def chore() -> None:
        done.append("chore")
        finished.set()

    housekeeping = Housekeeping([lambda: done.append("sweep")], [chore], every_s=0)
    housekeeping.start()
    await finished.wait()
    await housekeeping.stop()
    assert done[: CHORES_EVERY + 1] == ["sweep"] * CHORES_EVERY + ["chore"]


async def test_a_chore_that_fails_does_not_keep_the_next_from_its_turn() -> None:
    finished = asyncio.Event()

    async def broken() -> None:
        raise RuntimeError("broken")

    async def chore() -> None:
        finished.set()

    housekeeping = Housekeeping([], [broken, chore], every_s=0)
    housekeeping.start()
    await finished.wait()
    await housekeeping.stop()


async def test_what_never_began_is_stopped_all_the_same() -> None:
    await Housekeeping([], []).stop()
