"""Memory while somebody loads and somebody else commits."""

import asyncio
from collections.abc import Callable

from prometheus_client import REGISTRY

from amanat.db.memory import Memory


class Disk:
    """What memory is loaded from: a load reads at once and answers when it may."""

    def __init__(self, **values: int) -> None:
        self.values = values
        self.loads = 0
        self.may_answer = asyncio.Event()

    async def load(self, key: str) -> int | None:
        self.loads += 1
        value = self.values.get(key)
        await self.may_answer.wait()
        return value

    def memory(self, *, max_bytes: int = 10, size: Callable[[int], int] = lambda _: 1) -> Memory[str, int]:
        return Memory("test", self.load, size=size, max_bytes=max_bytes)


def commit(disk: Disk, memory: Memory[str, int], key: str, value: int | None, *, staged: bool = True) -> None:
    """Change a value on disk and then in memory, as the writer does."""
    if value is None:
        del disk.values[key]
    else:
        disk.values[key] = value
    memory.staged[key] = value if staged else None
    memory.apply_staged()


def held_bytes() -> float | None:
    return REGISTRY.get_sample_value("amanat_db_memory_bytes", {"memory": "test"})


async def start(memory: Memory[str, int], key: str) -> "asyncio.Task[int | None]":
    task = asyncio.ensure_future(memory.get(key))
    await asyncio.sleep(0)
    return task


async def test_a_value_is_loaded_once_and_then_kept() -> None:
    disk = Disk(ani=1)
    disk.may_answer.set()
    memory = disk.memory()
    assert [await memory.get("ani"), await memory.get("ani"), memory.peek("ani")] == [1, 1, 1]
    assert (disk.loads, len(memory), list(memory)) == (1, 1, ["ani"])


async def test_what_is_not_there_is_not_kept() -> None:
    disk = Disk()
    disk.may_answer.set()
    memory = disk.memory()
    assert await memory.get("ani") is None
    assert len(memory) == 0


async def test_a_load_that_a_commit_overtakes_gives_the_committed_value() -> None:
    disk = Disk(ani=1)
    memory = disk.memory()
    loading = await start(memory, "ani")
    commit(disk, memory, "ani", 2)
    disk.may_answer.set()
    assert await loading == memory.peek("ani") == 2


async def test_a_load_that_a_commit_overtakes_is_done_again_if_the_value_was_only_forgotten() -> None:
    disk = Disk(ani=1)
    memory = disk.memory()
    loading = await start(memory, "ani")
    commit(disk, memory, "ani", 2, staged=False)
    disk.may_answer.set()
    assert await loading == memory.peek("ani") == 2


async def test_of_two_loads_the_one_from_before_the_commit_never_wins() -> None:
    disk = Disk(ani=1)
    memory = disk.memory()
    early = await start(memory, "ani")
    commit(disk, memory, "ani", 2, staged=False)
    late = await start(memory, "ani")
    disk.may_answer.set()
    assert [await early, await late, memory.peek("ani")] == [2, 2, 2]


async def test_a_load_that_ends_after_another_and_a_commit_never_wins() -> None:
    disk = Disk(ani=1)
    memory = disk.memory()
    slow, slow_may_answer = await start(memory, "ani"), disk.may_answer
    disk.may_answer = asyncio.Event()
    disk.may_answer.set()
    assert await memory.get("ani") == 1
    commit(disk, memory, "ani", 2)
    slow_may_answer.set()
    assert await slow == memory.peek("ani") == 2


async def test_a_value_that_is_gone_is_forgotten() -> None:
    disk = Disk(ani=1)
    disk.may_answer.set()
    memory = disk.memory()
    await memory.get("ani")
    commit(disk, memory, "ani", None)
    assert memory.peek("ani") is None


async def test_a_load_that_is_cancelled_leaves_nothing_behind() -> None:
    disk = Disk(ani=1)
    memory = disk.memory()
    loading = await start(memory, "ani")
    loading.cancel()
    await asyncio.wait([loading])
    assert memory._loads == {}


async def test_a_load_from_before_memory_was_cleared_is_done_again() -> None:
    disk = Disk(ani=1)
    memory = disk.memory()
    loading = await start(memory, "ani")
    disk.values["ani"] = 2
    memory.staged["budi"] = 1
    memory.clear()
    disk.may_answer.set()
    assert await loading == 2
    assert memory.staged == {}


async def test_memory_is_bounded_but_lets_nothing_go_while_it_is_held() -> None:
    disk = Disk(a=1, b=2, c=3)
    disk.may_answer.set()
    memory = disk.memory(max_bytes=2)
    memory.hold()
    for key in "abc":
        await memory.get(key)
    assert list(memory) == ["a", "b", "c"]
    memory.release()
    assert list(memory) == ["b", "c"]
    await memory.get("a")
    assert list(memory) == ["c", "a"]


async def test_what_is_large_takes_the_place_of_much_that_is_small() -> None:
    disk = Disk(a=1, b=1, c=1, large=3)
    disk.may_answer.set()
    memory = disk.memory(max_bytes=4, size=lambda value: value)
    for key in ("a", "b", "c", "large"):
        await memory.get(key)
    assert list(memory) == ["c", "large"]
    assert held_bytes() == 4


async def test_what_is_too_large_for_memory_is_read_each_time() -> None:
    disk = Disk(large=11)
    disk.may_answer.set()
    memory = disk.memory(size=lambda value: value)
    assert [await memory.get("large"), await memory.get("large")] == [11, 11]
    assert (disk.loads, len(memory), held_bytes()) == (2, 0, 0)


async def test_the_metric_says_what_memory_holds_and_may_hold() -> None:
    disk = Disk(a=2, b=3)
    disk.may_answer.set()
    memory = disk.memory(size=lambda value: value)
    await memory.get("a")
    await memory.get("b")
    assert held_bytes() == 5
    commit(disk, memory, "a", 4)
    assert held_bytes() == 7
    commit(disk, memory, "b", None)
    assert held_bytes() == 4
    memory.clear()
    assert held_bytes() == 0
    assert REGISTRY.get_sample_value("amanat_db_memory_max_bytes", {"memory": "test"}) == 10
