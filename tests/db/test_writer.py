"""The writer under fire: cancelled, interrupted, stopped, out of disk; and how much it takes at once."""

import asyncio
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from amanat.core.errors import InternalError
from amanat.db import writer
from amanat.db.sqlite import SqliteDatabase
from amanat.db.tx import Tx
from amanat.db.writer import MAX_BATCH
from tests.db.engine import LINES, NAMES, THINGS, DiskError, Engine, Line, Name, Thing


def say(text: str) -> Callable[[Tx], int]:
    """A unit that puts a line."""

    def run(tx: Tx) -> int:
        position = tx.next("lines")
        tx.put(LINES, Line(position, text))
        return position

    return run


async def test_a_client_that_goes_away_neither_loses_nor_corrupts(engine: Engine) -> None:
    engine.database.may_commit.clear()
    committing = asyncio.ensure_future(engine.write(say("committing")))
    await engine.database.committing.wait()
    queued = asyncio.ensure_future(engine.write(say("queued")))
    await asyncio.sleep(0)
    committing.cancel()
    queued.cancel()
    engine.database.may_commit.set()
    assert await engine.write(say("after")) == 3
    assert await engine.lines() == ["committing", "queued", "after"]


async def test_a_cancelled_unit_that_is_refused_disturbs_nobody(sqlite_engine: Engine) -> None:
    def refuse(tx: Tx) -> None:
        raise ValueError

    refused = asyncio.ensure_future(sqlite_engine.write(refuse))
    await asyncio.sleep(0)
    refused.cancel()
    assert await sqlite_engine.write(say("kept")) == 1


async def test_a_failure_that_cannot_even_be_told_leaves_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("I/O operation on closed file.")

    monkeypatch.setattr(writer, "log", SimpleNamespace(exception=fail))
    engine = Engine(SqliteDatabase(tmp_path / "amanat.db"))
    await engine.open()
    engine.database.fail = "before"
    with pytest.raises(InternalError):
        await engine.write(say("lost"))
    with pytest.raises(InternalError, match="stopping"):
        await engine.write(say("too late"))
    with pytest.raises(ValueError, match="closed file"):
        await engine.writer.stop()
    await engine.database.close()


def test_an_interrupt_inside_a_unit_leaves_nobody_waiting_and_nothing_written(tmp_path: Path) -> None:
    engine = Engine(SqliteDatabase(tmp_path / "amanat.db"))

    def interrupted(tx: Tx) -> int:
        tx.put(NAMES, Name("half"))
        tx.stage(engine.totals, "ani", 1)
        raise KeyboardInterrupt

    async def under_way() -> list[asyncio.Future[int]]:
        await engine.open()
        units = [say("before"), interrupted, say("after")]
        return [asyncio.ensure_future(engine.write(unit)) for unit in units]

    async def gathered(waiting: list[asyncio.Future[int]]) -> None:
        answers = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 10)
        assert [type(answer) for answer in answers] == [InternalError] * 3
        with pytest.raises(InternalError, match="stopping"):
            await engine.write(say("too late"))
        assert engine.totals.peek("ani") is None
        assert await engine.lines() == []
        await engine.database.close()

    with asyncio.Runner() as runner:
        waiting = runner.run(under_way())
        with pytest.raises(KeyboardInterrupt):
            runner.run(asyncio.sleep(1))
        runner.run(gathered(waiting))


async def test_a_unit_may_raise_what_a_future_cannot_carry(sqlite_engine: Engine) -> None:
    def run(tx: Tx) -> Thing:
        return next(tx.scan(THINGS, "ani"))

    answers = await asyncio.gather(
        sqlite_engine.write(run, [(THINGS, ("ani",))]), sqlite_engine.write(say("kept")), return_exceptions=True
    )
    assert isinstance(answers[0], RuntimeError)
    assert answers[1] == 1


async def test_a_publisher_that_raises_stops_no_other_and_no_answer(sqlite_engine: Engine) -> None:
    published: list[str] = []

    def run(tx: Tx) -> str:
        tx.put(NAMES, Name("ani"))
        tx.after_commit(lambda: published[1:0].remove("nothing"))
        tx.after_commit(lambda: published.append("second"))
        return "answered"

    assert await sqlite_engine.write(run) == "answered"
    assert published == ["second"]


async def test_a_full_disk_refuses_and_the_server_goes_on_when_there_is_room(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "amanat.db")
    engine = Engine(database)
    await engine.open()
    await engine.put(Thing("ani", 0))
    assert await engine.totals.get("ani") == 1
    # SQLite says "database or disk is full" alike for a full disk and for a file that may not grow.
    (pages,) = database._writer.execute("PRAGMA page_count").fetchone()
    database._writer.execute(f"PRAGMA max_page_count = {pages}")

    def add(tx: Tx) -> None:
        for number in range(1, 100):
            tx.put(THINGS, Thing("ani", number, body=bytes(1000)))
        tx.put(LINES, Line(tx.next("lines"), "added"))
        tx.stage(engine.totals, "ani", 100)

    for _ in range(2):
        with pytest.raises(InternalError):
            await engine.write(add)
        assert (await engine.things(), engine.totals.peek("ani"), engine.writer.positions) == (
            [Thing("ani", 0)],
            None,
            {},
        )
    database._writer.execute("PRAGMA max_page_count = 1000000")
    await engine.write(add)
    assert (await engine.totals.get("ani"), engine.writer.positions) == (100, {"lines": 1})
    await engine.close()


async def test_a_flush_that_fails_halfway_is_rolled_back(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "amanat.db")
    engine = Engine(database)
    await engine.open()
    database._writer.execute("CREATE TRIGGER no BEFORE INSERT ON things BEGIN SELECT RAISE(ABORT, 'no'); END")

    def run(tx: Tx) -> None:
        say("first")(tx)
        tx.put(THINGS, Thing("ani", 1))

    answers = await asyncio.gather(engine.write(run), engine.write(say("other")), return_exceptions=True)
    assert isinstance(answers[0], InternalError)
    assert answers[1] == 1
    assert await engine.lines() == ["other"]
    await engine.close()


async def test_while_the_database_is_gone_nobody_waits_and_then_all_is_well(sqlite_engine: Engine) -> None:
    database = sqlite_engine.database
    database.fail, database.fail_recoveries = "before", 3
    with pytest.raises(InternalError):
        await sqlite_engine.write(say("lost"))
    with pytest.raises(InternalError):
        await sqlite_engine.write(say("lost too"))
    database.fail = None
    await sqlite_engine.recovered.wait()
    assert await sqlite_engine.write(say("kept")) == 1


async def test_a_value_that_cannot_be_loaded_fails_the_unit_that_needs_it(sqlite_engine: Engine) -> None:
    async def broken(_: str) -> int:
        raise DiskError

    sqlite_engine.totals._load = broken
    answers = await asyncio.gather(
        sqlite_engine.write(say("unlucky"), [(sqlite_engine.totals, "ani")]),
        sqlite_engine.write(say("lucky")),
        return_exceptions=True,
    )
    assert isinstance(answers[0], DiskError)
    assert await sqlite_engine.lines() == ["lucky"]


async def test_a_batch_has_a_largest_size_and_keeps_the_order(sqlite_engine: Engine) -> None:
    numbers = range(MAX_BATCH + 10)
    given = await asyncio.gather(*[sqlite_engine.write(say(str(number))) for number in numbers])
    assert given == [number + 1 for number in numbers]
    assert await sqlite_engine.lines() == [str(number) for number in numbers]
    assert all(len(writes[LINES]) <= MAX_BATCH for writes in sqlite_engine.database.commits)


async def test_slow_units_are_spread_over_commits_so_that_others_get_their_turn(sqlite_engine: Engine) -> None:
    def slow(tx: Tx) -> int:
        until = time.perf_counter() + writer.BATCH_SECONDS
        while time.perf_counter() < until:
            pass
        return say("slow")(tx)

    given = await asyncio.gather(*[sqlite_engine.write(slow) for _ in range(5)], sqlite_engine.write(say("quick")))
    assert given == [1, 2, 3, 4, 5, 6]
    assert len(sqlite_engine.database.commits) == 6


async def test_a_batch_counts_on_what_it_has_loaded_however_small_the_memory(sqlite_engine: Engine) -> None:
    totals = sqlite_engine.totals
    totals._max_bytes = 1
    owners = [f"owner{number}" for number in range(5)]
    await sqlite_engine.put(*[Thing(owner, 1) for owner in owners])

    def look(owner: str, tx: Tx) -> int | None:
        return tx.see(totals, owner)

    seen = await asyncio.gather(*[sqlite_engine.write(partial(look, owner), [(totals, owner)]) for owner in owners])
    assert seen == [1] * 5
    assert len(totals) == 1


async def test_a_position_without_a_row_is_given_for_good(engine: Engine) -> None:
    assert await engine.write(lambda tx: tx.next("lines")) == 1
    await engine.close()
    await engine.open()
    assert engine.writer.positions == {"lines": 1}


async def test_stopping_finishes_what_is_queued_and_takes_no_more(sqlite_engine: Engine) -> None:
    waiting = [asyncio.ensure_future(sqlite_engine.write(say(str(number)))) for number in range(3)]
    await asyncio.sleep(0)
    await sqlite_engine.writer.stop()
    assert [await each for each in waiting] == [1, 2, 3]
    with pytest.raises(InternalError, match="stopping"):
        await sqlite_engine.write(say("late"))
    await sqlite_engine.writer.stop()


async def test_stopping_without_a_database_ends(tmp_path: Path) -> None:
    engine = Engine(SqliteDatabase(tmp_path / "amanat.db"))
    await engine.open()
    engine.database.fail, engine.database.fail_recoveries = "before", 1000
    with pytest.raises(InternalError):
        await engine.write(say("lost"))
    with pytest.raises(DiskError):
        await asyncio.wait_for(engine.writer.stop(), 10)
    await engine.database.close()
