"""Of many databases only those hold connections that are used; the others lose nothing by it, and keep their lock."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.db.database import DatabaseAway, DataInUse
from amanat.db.sqlite import SqliteDatabase
from amanat.db.sqlite_connections import Wakeful
from tests.db.engine import ALL_THINGS, Engine, Thing


class Clock:
    """Stands still but when it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class House:
    """Four databases; two hold connections, and more only if they were used a moment ago."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.wakeful = Wakeful(most=2, rest_after_s=10, clock=self.clock)
        self.databases = [
            SqliteDatabase(folder / str(number) / "gateway.db", portable=True, wakeful=self.wakeful)
            for number in range(4)
        ]
        self.engines = [Engine(database) for database in self.databases]

    async def put(self, which: int, number: int) -> None:
        await self.engines[which].put(Thing("ani", number))

    async def read(self, which: int) -> list[int]:
        return [thing.number for thing in await self.databases[which].all(ALL_THINGS, {})]

    @property
    def at_rest(self) -> list[int]:
        return [number for number, database in enumerate(self.databases) if database.is_at_rest]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path)
    for engine in house.engines:
        await engine.open()
    yield house
    for engine in house.engines:
        await engine.close()


async def test_who_was_used_a_moment_ago_stays_however_many_there_are(house: House) -> None:
    for which in range(4):
        await house.put(which, 1)
    assert (house.at_rest, len(house.wakeful)) == ([], 4)


async def test_who_is_used_no_more_rests_and_wakes_with_everything_it_had(house: House, tmp_path: Path) -> None:
    for which in range(4):
        await house.put(which, which)
    house.clock.now += 11
    await house.read(3)
    house.wakeful.let_rest()
    assert house.at_rest == [0, 1], "those that were used longest ago"
    with pytest.raises(DataInUse):
        await SqliteDatabase(tmp_path / "0" / "gateway.db").open()
    assert await house.read(0) == [0]
    await house.put(1, 7)
    assert await house.read(1) == [1, 7]
    assert house.at_rest == [2], "who wakes takes the place of somebody else, if it may"


async def test_nobody_rests_in_the_middle_of_a_commit(house: House) -> None:
    for which in range(4):
        await house.put(which, 1)
    # Its batch has begun, and is not on the disk.
    faulty = house.engines[0].database
    faulty.may_commit.clear()
    faulty.committing.clear()
    writing = asyncio.create_task(house.put(0, 2))
    await faulty.committing.wait()
    house.clock.now += 11
    house.wakeful.let_rest()
    assert house.at_rest == [1, 2]
    faulty.may_commit.set()
    await writing
    assert await house.read(0) == [1, 2]


async def test_after_a_commit_that_failed_it_may_rest_again(house: House) -> None:
    for which in range(4):
        await house.put(which, 1)
    faulty = house.engines[0].database
    faulty.fail = "before"
    refused = asyncio.create_task(house.put(0, 2))
    await asyncio.wait([refused])
    faulty.fail = None
    assert refused.exception() is not None
    house.clock.now += 11
    house.wakeful.let_rest()
    assert house.at_rest == [1, 2], "it was used last: it has read again what is on the disk"
    await house.put(0, 3)
    assert await house.read(0) == [1, 3]


async def test_one_that_cannot_be_opened_again_is_away_and_comes_back(house: House) -> None:
    for which in range(4):
        await house.put(which, 1)
    house.clock.now += 11
    await house.read(3)
    house.wakeful.let_rest()
    folder = house.databases[0].path.parent
    moved = folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(DatabaseAway):
        await house.read(0)
    moved.rename(folder)
    assert await house.read(0) == [1]
