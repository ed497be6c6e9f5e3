"""What a unit of work may count on, on both databases."""

import asyncio

import pytest

from amanat.core.errors import Forbidden, InternalError
from amanat.db.tx import Tx, UndeclaredRead
from tests.db.engine import ALL_NAMES, LINES, NAMES, SOME_THINGS, THINGS, Engine, Line, Name, Thing


async def test_a_row_put_is_a_row_got(engine: Engine) -> None:
    thing = Thing(owner="ani", number=-(2**63), label="häuser 🏠", body=b"\0\xff")
    await engine.put(thing)
    assert await engine.things() == [thing]
    assert await engine.write(lambda tx: tx.get(THINGS, "ani", -(2**63)), [(THINGS, ("ani", -(2**63)))]) == thing


async def test_nothing_is_got_where_there_is_no_row(engine: Engine) -> None:
    assert await engine.write(lambda tx: tx.get(THINGS, "ani", 1), [(THINGS, ("ani", 1))]) is None


async def test_a_second_put_replaces_the_row(engine: Engine) -> None:
    await engine.put(Thing("ani", 1, "first", b"body"))
    await engine.put(Thing("ani", 1, "second"))
    assert await engine.things() == [Thing("ani", 1, "second", None)]


async def test_a_table_of_keys_alone_takes_a_row_twice(engine: Engine) -> None:
    for _ in range(2):
        await engine.write(lambda tx: tx.put(NAMES, Name("ani")))
    assert await engine.database.all(ALL_NAMES, {}) == [Name("ani")]


async def test_a_deleted_row_is_gone_and_may_come_back(engine: Engine) -> None:
    await engine.put(Thing("ani", 1), Thing("ani", 2))
    await engine.write(lambda tx: tx.delete(THINGS, "ani", 1))
    assert await engine.things() == [Thing("ani", 2)]

    def replace(tx: Tx) -> None:
        tx.delete(THINGS, "ani", 2)
        tx.put(THINGS, Thing("ani", 2, "again"))
        tx.put(THINGS, Thing("ani", 3))
        tx.delete(THINGS, "ani", 3)

    await engine.write(replace)
    assert await engine.things() == [Thing("ani", 2, "again")]


async def test_rows_of_several_tables_are_written_together(engine: Engine) -> None:
    def run(tx: Tx) -> None:
        tx.put(THINGS, Thing("ani", 1))
        tx.put(NAMES, Name("ani"))
        tx.put(LINES, Line(tx.next("lines"), "ani came"))
        tx.delete(THINGS, "budi", 1)

    await engine.write(run)
    assert await engine.things() == [Thing("ani", 1)]
    assert await engine.lines() == ["ani came"]
    assert engine.writer.positions == {"lines": 1}


async def test_a_scan_yields_the_rows_under_a_prefix_in_the_order_of_their_keys(engine: Engine) -> None:
    await engine.put(Thing("b", 1), Thing("a", 10), Thing("a", 9), Thing("ä", 1), Thing("a", -1), Thing("B", 1))

    def numbers(tx: Tx) -> list[int]:
        return [thing.number for thing in tx.scan(THINGS, "a")]

    def everything(tx: Tx) -> list[str]:
        return [thing.owner for thing in tx.scan(THINGS)]

    assert await engine.write(numbers, [(THINGS, ("a",))]) == [-1, 9, 10]
    assert await engine.write(everything, [(THINGS, ())]) == ["B", "a", "a", "a", "b", "ä"]
    assert await engine.write(lambda tx: list(tx.scan(THINGS, "z")), [(THINGS, ("z",))]) == []
    assert await engine.write(lambda tx: list(tx.scan(THINGS, "b", 1)), [(THINGS, ("b", 1))]) == [Thing("b", 1)]


async def test_a_scan_sees_what_the_batch_has_written(engine: Engine) -> None:
    await engine.put(Thing("a", 1), Thing("a", 3), Thing("a", 5))

    def run(tx: Tx) -> list[Thing]:
        tx.put(THINGS, Thing("a", 0))
        tx.put(THINGS, Thing("a", 3, "changed"))
        tx.put(THINGS, Thing("a", 4))
        tx.put(THINGS, Thing("a", 9))
        tx.put(THINGS, Thing("b", 2))
        tx.delete(THINGS, "a", 5)
        return list(tx.scan(THINGS, "a"))

    expected = [Thing("a", 0), Thing("a", 1), Thing("a", 3, "changed"), Thing("a", 4), Thing("a", 9)]
    assert await engine.write(run, [(THINGS, ("a",))]) == expected


async def test_a_get_is_answered_from_a_prefix_that_was_declared(engine: Engine) -> None:
    await engine.put(Thing("a", 1))

    def run(tx: Tx) -> tuple[Thing | None, Thing | None]:
        return tx.get(THINGS, "a", 1), tx.get(THINGS, "a", 2)

    assert await engine.write(run, [(THINGS, ("a",))]) == (Thing("a", 1), None)


async def test_units_of_a_batch_each_take_their_own_from_a_prefix_they_share(engine: Engine) -> None:
    await engine.put(*[Thing("ani", number) for number in range(10)])

    def pop(tx: Tx) -> int | None:
        first = next(tx.scan(THINGS, "ani"), None)
        if first is not None:
            tx.delete(THINGS, "ani", first.number)
        return first.number if first is not None else None

    taken = await asyncio.gather(*[engine.write(pop, [(THINGS, ("ani",), 1)]) for _ in range(12)])
    assert taken == [*range(10), None, None]
    assert await engine.things() == []


async def test_a_unit_whose_rows_another_has_used_up_is_run_in_the_next_batch(engine: Engine) -> None:
    await engine.put(*[Thing("ani", number) for number in range(3)])

    def first(tx: Tx) -> int:
        return next(tx.scan(THINGS, "ani")).number

    def forget(tx: Tx) -> None:
        tx.delete(THINGS, "ani", 0)
        tx.stage(engine.totals, "ani", None)

    answers = await asyncio.gather(
        engine.write(forget),
        engine.write(first, [(THINGS, ("ani",), 1)]),
        engine.write(lambda tx: tx.see(engine.totals, "ani"), [(engine.totals, "ani")]),
    )
    assert list(answers) == [None, 1, 2]


async def test_a_read_that_no_unit_declared_is_refused(engine: Engine) -> None:
    await engine.put(*[Thing("ani", number) for number in range(3)])
    for read in (
        lambda tx: tx.get(THINGS, "ani", 1),
        lambda tx: list(tx.scan(THINGS, "ani")),
        lambda tx: tx.see(engine.totals, "ani"),
    ):
        with pytest.raises(UndeclaredRead):
            await engine.write(read, [(THINGS, ("budi",)), (engine.totals, "budi")])
    with pytest.raises(UndeclaredRead):
        await engine.write(lambda tx: list(tx.scan(THINGS, "ani")), [(THINGS, ("ani",), 2)])


async def test_a_unit_that_raises_leaves_nothing_and_harms_nobody(engine: Engine) -> None:
    await engine.put(Thing("ani", 1, "kept"))
    published: list[str] = []

    def good(name: str, tx: Tx) -> int:
        position = tx.next("lines")
        tx.put(LINES, Line(position, name))
        tx.after_commit(lambda: published.append(name))
        return position

    def refused(tx: Tx) -> int:
        good("refused", tx)
        tx.put(THINGS, Thing("ani", 1, "lost"))
        tx.put(THINGS, Thing("ani", 2))
        tx.delete(THINGS, "ani", 1)
        tx.stage(engine.totals, "ani", 99)
        raise Forbidden("No.")

    answers = await asyncio.gather(
        engine.write(lambda tx: good("first", tx)),
        engine.write(refused),
        engine.write(lambda tx: good("second", tx)),
        return_exceptions=True,
    )
    assert (answers[0], answers[2]) == (1, 2)
    assert isinstance(answers[1], Forbidden)
    assert await engine.lines() == published == ["first", "second"]
    assert await engine.things() == [Thing("ani", 1, "kept")]
    assert await engine.totals.get("ani") == 1


async def test_what_a_unit_stages_is_seen_by_later_units_at_once_and_by_readers_after_the_commit(
    engine: Engine,
) -> None:
    engine.database.may_commit.clear()

    def add(tx: Tx) -> int | None:
        before = tx.see(engine.totals, "ani")
        assert before is not None
        total = before + 1
        tx.put(THINGS, Thing("ani", total))
        tx.stage(engine.totals, "ani", total)
        return before

    need = [(engine.totals, "ani")]
    adding = [asyncio.ensure_future(engine.write(add, need)) for _ in range(2)]
    await engine.database.committing.wait()
    assert engine.totals.peek("ani") == 0
    assert await engine.things() == []
    engine.database.may_commit.set()
    assert await asyncio.gather(*adding) == [0, 1]
    assert engine.totals.peek("ani") == 2


async def test_units_that_wait_together_are_committed_together(engine: Engine) -> None:
    await asyncio.gather(*[engine.put(Thing("ani", number)) for number in range(20)])
    assert len(engine.database.commits) == 1
    assert len(await engine.things()) == 20


@pytest.mark.parametrize("fault", ["prefetch", "before", "after"])
async def test_after_a_failed_commit_memory_and_positions_are_as_the_disk_is(engine: Engine, fault: str) -> None:
    published: list[int] = []

    def add(tx: Tx) -> int:
        position = tx.next("lines")
        tx.put(LINES, Line(position, "line"))
        tx.put(THINGS, Thing("ani", position))
        tx.stage(engine.totals, "ani", position)
        tx.after_commit(lambda: published.append(position))
        return position

    await engine.write(add)
    engine.database.fail = fault
    answers = await asyncio.gather(engine.write(add), engine.write(add), return_exceptions=True)
    assert all(isinstance(answer, InternalError) for answer in answers)
    assert published == [1]
    engine.database.fail = None
    on_disk = 3 if fault == "after" else 1
    assert await engine.totals.get("ani") == len(await engine.things()) == on_disk
    assert await engine.write(add) == on_disk + 1
    assert engine.recoveries == 1


async def test_rows_that_the_database_will_never_take_fail_their_own_unit_alone(engine: Engine) -> None:
    bad = [Thing("ani", 1, "U+0000: \0"), Thing("ani", 2**63), Thing("ani", 2, "\ud800"), Thing("ani", "text")]  # type: ignore[arg-type]  # on purpose
    good = [Thing("budi", number) for number in range(3)]
    answers = await asyncio.gather(*[engine.put(thing) for thing in [*bad, *good]], return_exceptions=True)
    assert [type(answer) for answer in answers] == [InternalError] * 4 + [type(None)] * 3
    assert await engine.things() == good


async def test_a_key_that_cannot_be_stored_is_not_there(engine: Engine) -> None:
    await engine.put(Thing("ani", 1))

    def run(tx: Tx) -> tuple[Thing | None, Thing | None]:
        return tx.get(THINGS, "\0", 1), tx.get(THINGS, "ani", 1)

    assert await engine.write(run, [(THINGS, ("\0", 1)), (THINGS, ("ani", 1))]) == (None, Thing("ani", 1))


async def test_a_query_takes_lists(engine: Engine) -> None:
    await engine.put(Thing("ani", 1), Thing("budi", 2), Thing("citra", 3))
    for owners in (["ani", "citra", "budi\0"], ["ani", r"\u0000"], {"ani", "citra"}, ("ani", "citra", "citra")):
        found = await engine.database.all(SOME_THINGS, {"owners": owners, "numbers": [1, 2]})
        assert found == [Thing("ani", 1)]
    assert await engine.database.all(SOME_THINGS, {"owners": [], "numbers": []}) == []


async def test_what_was_written_is_there_after_opening_again(engine: Engine) -> None:
    await engine.write(lambda tx: tx.put(LINES, Line(tx.next("lines"), "kept")))
    await engine.close()
    await engine.open()
    assert engine.writer.positions == {"lines": 1}
    assert await engine.lines() == ["kept"]
