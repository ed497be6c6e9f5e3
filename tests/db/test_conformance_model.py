"""Any units, refused or not, with commits that fail or not: disk, memory and answers are as a plain dictionary says."""

import asyncio
from copy import deepcopy
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct, field
from structlog.testing import capture_logs

from amanat.core.errors import Forbidden, InternalError
from amanat.db.database import Database
from amanat.db.postgres import PostgresDatabase
from amanat.db.sqlite import SqliteDatabase
from amanat.db.tx import Tx
from tests.db.engine import LINES, THINGS, Engine, Line, Thing

OWNERS = ("ani", "budi")
Step = tuple[Any, ...]

steps = st.one_of(
    st.tuples(st.just("put"), st.sampled_from(OWNERS), st.integers(0, 4), st.sampled_from((None, "a", "b"))),
    st.tuples(st.just("delete"), st.sampled_from(OWNERS), st.integers(0, 4)),
    st.tuples(st.just("pop"), st.sampled_from(OWNERS)),
    st.tuples(st.just("count"), st.sampled_from(OWNERS)),
    st.tuples(st.just("say"), st.sampled_from(("hello", "bye"))),
    st.tuples(st.just("refuse")),
)
endings: st.SearchStrategy[list[Step]] = st.one_of(
    st.just([]), st.tuples(st.just("forget"), st.sampled_from(OWNERS)).map(lambda step: [step])
)
units = st.builds(list.__add__, st.lists(steps, min_size=1, max_size=4), endings)
batches = st.lists(
    st.tuples(st.lists(units, min_size=1, max_size=4), st.sampled_from((None, None, None, "before", "after"))),
    max_size=6,
)


class Model(Struct):
    """What should be: things by key, and lines in the order of their positions."""

    things: dict[tuple[str, int], str | None] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def of(self, owner: str) -> list[int]:
        return sorted(number for of, number in self.things if of == owner)

    def run(self, unit: list[Step]) -> list[Any]:
        return [self._do(*step) for step in unit]

    def _do(self, act: str, *rest: Any) -> Any:
        match act, rest:
            case "put", (owner, number, label):
                self.things[owner, number] = label
            case "delete", (owner, number):
                self.things.pop((owner, number), None)
            case "pop", (owner,):
                first = next(iter(self.of(owner)), None)
                if first is not None:
                    del self.things[owner, first]
                return first
            case "count", (owner,):
                return len(self.of(owner))
            case "say", (text,):
                self.lines.append(text)
                return len(self.lines)
            case "refuse", ():
                raise Forbidden("No.")
        return None


class Runner:
    """Runs the same units on an engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.offset = engine.writer.positions.get("lines", 0)

    async def run(self, unit: list[Step]) -> list[Any]:
        owned = {step[1] for step in unit if step[0] in ("put", "delete", "pop", "count")}
        pops = {owner: sum(step[:2] == ("pop", owner) for step in unit) for owner in OWNERS}
        needs: list[Any] = [(self.engine.totals, owner) for owner in owned]
        needs += [(THINGS, step[1:3]) for step in unit if step[0] in ("put", "delete")]
        # What a unit deletes itself may be what it would have popped.
        needs += [(THINGS, (owner,), len(unit)) for owner, count in pops.items() if count]

        def run(tx: Tx) -> list[Any]:
            return [self._do(tx, *step) for step in unit]

        return await self.engine.write(run, needs)

    def _do(self, tx: Tx, act: str, *rest: Any) -> Any:
        match act, rest:
            case "put", (owner, number, label):
                self._add(tx, owner, tx.get(THINGS, owner, number) is None)
                tx.put(THINGS, Thing(owner, number, label))
            case "delete", (owner, number):
                self._add(tx, owner, -(tx.get(THINGS, owner, number) is not None))
                tx.delete(THINGS, owner, number)
            case "pop", (owner,):
                first = next(tx.scan(THINGS, owner), None)
                if first is None:
                    return None
                tx.delete(THINGS, owner, first.number)
                self._add(tx, owner, -1)
                return first.number
            case "count", (owner,):
                return tx.see(self.engine.totals, owner)
            case "say", (text,):
                position = tx.next("lines")
                tx.put(LINES, Line(position, text))
                return position - self.offset
            case "forget", (owner,):
                tx.stage(self.engine.totals, owner, None)
            case "refuse", ():
                raise Forbidden("No.")
        return None

    def _add(self, tx: Tx, owner: str, difference: int) -> None:
        total = tx.see(self.engine.totals, owner)
        assert total is not None
        tx.stage(self.engine.totals, owner, total + difference)


async def play(engine: Engine, history: list[tuple[list[list[Step]], str | None]]) -> None:
    """Send each batch of units at once, and compare with the model after each."""
    await engine.clear()
    model, runner = Model(), Runner(engine)
    for batch, fault in history:
        for owner in OWNERS:
            await engine.totals.get(owner)  # or units would queue in the order in which their loads end
        engine.database.fail = fault
        answers = await asyncio.gather(*[runner.run(unit) for unit in batch], return_exceptions=True)
        engine.database.fail = None
        for unit, answer in zip(batch, answers, strict=True):
            attempt = deepcopy(model)
            try:
                expected: Any = attempt.run(unit)
            except Forbidden:
                assert isinstance(answer, Forbidden) or (fault and isinstance(answer, InternalError))
                continue
            if fault != "before":
                model = attempt
            assert answer == expected or (fault and isinstance(answer, InternalError))
        await agree(engine, model, runner.offset)


async def agree(engine: Engine, model: Model, offset: int) -> None:
    """Compare disk, memory and positions with the model."""
    assert {(thing.owner, thing.number): thing.label for thing in await engine.things()} == model.things
    assert await engine.lines() == model.lines
    assert engine.writer.positions.get("lines", 0) == offset + len(model.lines)
    assert engine.totals.staged == {}
    for owner in OWNERS:
        assert engine.totals.peek(owner) in (None, len(model.of(owner)))
        assert await engine.totals.get(owner) == len(model.of(owner))


def check(database: Database, *, max_examples: int) -> None:
    """Play many histories on one database, one after another."""
    engine = Engine(database)

    @settings(max_examples=max_examples, deadline=None)
    @given(batches)
    def histories_agree(history: list[tuple[list[list[Step]], str | None]]) -> None:
        runner.run(play(engine, history))

    with capture_logs(), asyncio.Runner() as runner:  # each failed commit is logged, and tells nothing new here
        runner.run(engine.open())
        try:
            histories_agree()
        finally:
            runner.run(engine.close())


def test_sqlite_is_as_the_model_says(tmp_path: Path) -> None:
    check(SqliteDatabase(tmp_path / "amanat.db", portable=True), max_examples=100)


def test_postgresql_is_as_the_model_says(postgres_url: str) -> None:
    check(PostgresDatabase(postgres_url), max_examples=40)
