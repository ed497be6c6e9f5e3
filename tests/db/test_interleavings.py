"""Readers, units and commits that stand still anywhere: memory never holds what neither disk nor writer has said."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from amanat.core.errors import Forbidden, InternalError
from amanat.db.database import Writes
from amanat.db.query import Query, Row
from amanat.db.sqlite import SqliteDatabase
from amanat.db.tx import Need, Tx
from tests.db.engine import THINGS, TOTAL_OF, Engine, Thing

OWNERS = ("ani", "budi")
QUIET = 20
"""Turns of the loop after which nobody has anything left to do but to wait."""

owners = st.sampled_from(OWNERS)
units = st.tuples(st.sampled_from(("add unseen", "add", "forget", "refuse")), owners)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("commit")),
        st.tuples(st.just("read"), owners),
        st.tuples(st.just("load"), st.integers(0, 2)),
        st.tuples(st.just("write"), st.lists(units, min_size=1, max_size=4)),
        st.tuples(st.just("commit")),
        st.tuples(st.just("load"), st.integers(0, 2)),
        st.tuples(st.sampled_from(("read all", "fail before", "fail after"))),
    ),
    min_size=15,
    max_size=40,
)


class Standing(SqliteDatabase):
    """A database on which every load stands still before and after it reads, every commit before and after the disk."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, portable=True)
        self.loads: list[asyncio.Future[None]] = []
        self.commits: list[asyncio.Future[None]] = []
        self.moving = False
        self.on_disk_but_untold = False
        self._syncing = False

    async def all(self, query: Query[Row], parameters: Mapping[str, Any]) -> list[Row]:
        if query is not TOTAL_OF:
            return await super().all(query, parameters)
        await self._stand(self.loads)
        rows = await super().all(query, parameters)
        await self._stand(self.loads)
        return rows

    async def commit(self, writes: Writes) -> None:
        await self._stand(self.commits)
        self._syncing = True
        await super().commit(writes)
        self._syncing, self.on_disk_but_untold = False, True
        await self._stand(self.commits)
        self.on_disk_but_untold = False

    async def total(self, owner: str) -> int:
        """Return what is on disk now."""
        (found,) = await super().all(TOTAL_OF, {"owner": owner})
        return found.total

    async def _stand(self, among: list[asyncio.Future[None]]) -> None:
        if not self.moving:
            among.append(asyncio.get_running_loop().create_future())
            await among[-1]

    def all_go(self) -> None:
        """Let nobody stand still any more."""
        self.moving = True
        for standing in (self.loads, self.commits):
            while standing:
                standing.pop().set_result(None)

    async def quiet(self) -> None:
        """Return when everybody stands still or is done."""
        turns = 0
        while turns < QUIET:
            await asyncio.sleep(0)
            turns = 0 if self._syncing else turns + 1


def go_on(standing: list[asyncio.Future[None]], which: int = 0) -> None:
    """Let one of those who stand still go on."""
    if standing:
        standing.pop(which % len(standing)).set_result(None)


class World:
    """Tasks on an engine whose memory holds one of the two owners, and what each of them may be answered."""

    def __init__(self, engine: Engine, database: Standing) -> None:
        self.engine = engine
        self.database = database
        self.told = dict.fromkeys(OWNERS, 0)
        self.readings: dict[asyncio.Task[dict[str, int]], dict[str, set[int]]] = {}
        self.units: list[asyncio.Task[None]] = []
        self._numbers = iter(range(1000))

    async def step(self, act: str, *rest: Any) -> None:
        """Do one step and see where it has led."""
        match act, rest:
            case "load", (which,):
                go_on(self.database.loads, which)
            case "commit", ():
                go_on(self.database.commits)
            case "fail before" | "fail after", ():
                self.engine.database.fail = act.removeprefix("fail ")
            case "read", (owner,):
                await self._read(owner)
            case "read all", ():
                await self._read(*OWNERS)
            case "write", (units,):
                self.units += [asyncio.ensure_future(self._unit(*unit)) for unit in units]
        await self.look()

    async def look(self) -> None:
        """Once all is quiet, memory has what the disk has; or what it had, if the writer has not heard of it yet."""
        await self.database.quiet()
        if self.engine.recovered.is_set():
            self.engine.recovered.clear()
            self.engine.database.fail = None
        for owner in OWNERS:
            now = await self.database.total(owner)
            if not self.database.on_disk_but_untold:
                self.told[owner] = now
            assert self.engine.totals.peek(owner) in (None, now, self.told[owner])
            for allowed in self.readings.values():
                allowed[owner] |= {now, self.told[owner]}
        for reading in [each for each in self.readings if each.done()]:
            allowed = self.readings.pop(reading)
            assert all(total in allowed[owner] for owner, total in reading.result().items())

    async def end(self) -> None:
        """Let everybody finish, and ask once more."""
        self.engine.database.fail = None
        while self.database.loads or self.database.commits:
            await self.step("load", 0)
            await self.step("commit")
        outcomes = await asyncio.gather(*self.units, return_exceptions=True)
        assert all(outcome is None or isinstance(outcome, Forbidden | InternalError) for outcome in outcomes), outcomes
        assert not self.readings
        assert self.engine.totals.staged == {}
        self.database.moving = True
        for owner in OWNERS:
            assert await self.engine.totals.get(owner) == await self.database.total(owner)

    async def leave(self) -> None:
        """Leave nobody standing, however it ended."""
        self.engine.database.fail = None
        self.database.all_go()
        await asyncio.gather(*self.units, *self.readings, return_exceptions=True)

    async def _read(self, *owners: str) -> None:
        allowed = {owner: {await self.database.total(owner), self.told[owner]} for owner in OWNERS}
        self.readings[asyncio.ensure_future(self.engine.totals.get_many(owners))] = allowed

    async def _unit(self, act: str, owner: str) -> None:
        totals, number = self.engine.totals, next(self._numbers)
        needs: list[Need] = [(THINGS, (owner,))] if act == "add unseen" else [(THINGS, (owner,)), (totals, owner)]

        def run(tx: Tx) -> None:
            held = len(list(tx.scan(THINGS, owner)))
            known = tx.peek(totals, owner) if act == "add unseen" else tx.see(totals, owner)
            assert known == held or (act == "add unseen" and known is None)
            tx.put(THINGS, Thing(owner, number))
            tx.stage(totals, owner, None if known is None or act == "forget" else known + 1)
            if act == "refuse":
                raise Forbidden("No.")

        await self.engine.write(run, needs)


async def play(engine: Engine, database: Standing, history: list[tuple[Any, ...]]) -> None:
    """Take the steps one by one, from no row and nothing in memory."""
    database.moving = True
    await engine.clear()
    engine.totals.clear()
    database.moving = False
    world = World(engine, database)
    try:
        for step in history:
            await world.step(*step)
        await world.end()
    finally:
        await world.leave()


def test_memory_follows_the_disk_whatever_overtakes_what(tmp_path: Path) -> None:
    database = Standing(tmp_path / "amanat.db")
    engine = Engine(database, max_totals=1)

    @settings(max_examples=80, deadline=None)
    @given(steps)
    def all_is_told_as_it_is(history: list[tuple[Any, ...]]) -> None:
        runner.run(play(engine, database, history))

    with capture_logs(), asyncio.Runner() as runner:  # each failed commit is logged, and tells nothing new here
        runner.run(engine.open())
        try:
            all_is_told_as_it_is()
        finally:
            runner.run(engine.close())
