"""What was read is in memory until a commit may have changed it."""

import asyncio
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from amanat.db.query import Query
from amanat.db.query_cache import QueryCache
from amanat.db.table import Table


class Row(Struct, frozen=True):
    a: int
    b: int = 0


THESE = Table("these", Row, key=1)
THOSE = Table("those", Row, key=1)
OF_THESE = Query("of_these", Row, sql="SELECT a, b FROM these WHERE b = :b", cached_on=[THESE])
OF_BOTH = Query(
    "of_both",
    Row,
    sql="SELECT a, b FROM these JOIN those USING (a) WHERE b IN :bs#",
    cached_on=[THESE, THOSE],
)


class Disk:
    """What is read: a reading sees what is there when it begins, and ends when it may."""

    def __init__(self) -> None:
        self.rows = [Row(1)]
        self.reads = 0
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def read(self, _query: Query[Any], _parameters: Mapping[str, Any]) -> list[Any]:
        self.reads += 1
        rows = [*self.rows]
        await self.may_answer.wait()
        return rows


async def test_an_answer_is_read_once_until_a_table_of_its_own_is_written_to() -> None:
    disk = Disk()
    cache = QueryCache(disk.read)
    assert await cache.all(OF_THESE, {"b": 0}) == await cache.all(OF_THESE, {"b": 0}) == [Row(1)]
    disk.rows.append(Row(2))
    cache.wrote([THOSE])
    assert (await cache.all(OF_THESE, {"b": 0}), disk.reads) == ([Row(1)], 1)
    cache.wrote([THESE])
    assert (await cache.all(OF_THESE, {"b": 0}), disk.reads) == ([Row(1), Row(2)], 2)


async def test_an_answer_from_two_tables_goes_with_either() -> None:
    disk = Disk()
    cache = QueryCache(disk.read)
    for table in (THESE, THOSE, THESE):
        await cache.all(OF_BOTH, {"bs": [0, 1]})
        assert len(cache) == 1
        cache.wrote([table])
        assert len(cache) == 0


async def test_other_parameters_are_another_question() -> None:
    disk = Disk()
    cache = QueryCache(disk.read)
    await cache.all(OF_BOTH, {"bs": [0]})
    await cache.all(OF_BOTH, {"bs": [0, 1]})
    await cache.all(OF_BOTH, {"bs": [0]})
    assert (disk.reads, len(cache)) == (2, 2)


async def test_that_there_is_nothing_is_an_answer_too() -> None:
    disk = Disk()
    disk.rows = []
    cache = QueryCache(disk.read)
    assert await cache.all(OF_THESE, {"b": 0}) == await cache.all(OF_THESE, {"b": 0}) == []
    assert disk.reads == 1


async def test_what_was_written_to_while_it_was_read_is_not_kept() -> None:
    disk = Disk()
    cache = QueryCache(disk.read)
    disk.may_answer.clear()
    reading = asyncio.ensure_future(cache.all(OF_THESE, {"b": 0}))
    await asyncio.sleep(0)
    disk.rows.append(Row(2))
    cache.wrote([THESE])
    disk.may_answer.set()
    assert await reading == [Row(1)], "as it was when it was asked"
    assert await cache.all(OF_THESE, {"b": 0}) == [Row(1), Row(2)]


async def test_whoever_asks_may_do_with_the_list_what_they_like() -> None:
    cache = QueryCache(Disk().read)
    for _ in range(3):
        rows = await cache.all(OF_THESE, {"b": 0})
        assert rows == [Row(1)]
        rows.clear()


async def test_only_so_many_rows_are_kept_and_those_asked_for_last() -> None:
    disk = Disk()
    cache = QueryCache(disk.read, max_rows=2)
    for b in (1, 2, 1, 3):
        await cache.all(OF_THESE, {"b": b})
    assert (len(cache), disk.reads) == (2, 3)
    await cache.all(OF_THESE, {"b": 1})
    assert disk.reads == 3
    disk.rows *= 3
    await cache.all(OF_THESE, {"b": 4})
    assert len(cache) == 0, "what is larger than all that is kept is not"


async def test_nothing_is_known_once_it_is_cleared() -> None:
    disk = Disk()
    cache = QueryCache(disk.read)
    await cache.all(OF_THESE, {"b": 0})
    await cache.all(OF_BOTH, {"bs": [0]})
    cache.clear()
    assert len(cache) == 0
