"""Any life of an office, on both databases: what people are told and who has which seat is as the model says."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from amanat.db.database import Database
from amanat.db.postgres import PostgresDatabase
from amanat.db.sqlite import SqliteDatabase
from amanat.db.table import Table
from amanat.db.tx import Tx
from amanat.gateway.appointments import tables
from amanat.gateway.appointments.closing import close_day, reopen_day
from amanat.gateway.appointments.notices import Notice
from amanat.gateway.appointments.tables import BY_NUMBER
from amanat.gateway.store.store import GatewayStore
from tests.gateway.appointments.life_model import EDITS, LIVE, Model, Visit
from tests.gateway.appointments.sample import ALL, NOW_MS, Office, edited
from tests.gateway.conftest import OFFICE

PEOPLE = tuple("abcdef")
DAYS = ("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26")
MINUTES = (1, 10, 16, 45, 119, 600, 1440)
TABLES = [table for table in vars(tables).values() if isinstance(table, Table)]

people, days = st.sampled_from(PEOPLE), st.sampled_from(DAYS)


class Life(RuleBasedStateMachine):
    """An office and its model. `open_database` returns an empty database, or the one that the last life has emptied."""

    open_database: Callable[[], Database]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.store = GatewayStore(type(self).open_database())
        self.run(self.store.open(OFFICE))
        self.office = Office(self.store, edited(*EDITS))
        self.model = Model(now=NOW_MS)

    def run(self, work: Any) -> Any:
        return self.runner.run(work)

    def teardown(self) -> None:
        self.run(self.store.write(_empty, needs=[(table, ()) for table in TABLES]))
        self.run(self.store.close())
        self.runner.close()

    @rule(person=people, day=days, hold=st.booleans())
    def book(self, person: str, day: str, hold: bool) -> None:
        outcome, on, time = self.model.book(person, day, hold=hold)
        answer = self.run(self.office.book(person, day, hold=hold))
        assert answer.outcome == outcome
        if on:
            assert (answer.values["date"], answer.values["time"]) == (on, time)
            if answer.values["number"] not in self.model.visits:
                self.model.added(answer.values["number"], person, outcome, day=on, time=time)
        self.settle()

    @rule(person=people, day=days)
    def move(self, person: str, day: str) -> None:
        outcome, time = self.model.move(person, day)
        answer = self.run(self.office.move(person, day))
        assert (answer.outcome, answer.values.get("time") if time else "") == (outcome, time)
        self.settle()

    @rule(person=people)
    def cancel(self, person: str) -> None:
        outcome = self.model.cancel(person)
        assert self.run(self.office.cancel(person)).outcome == outcome
        self.settle()

    @rule(person=people, day=days)
    def wait(self, person: str, day: str) -> None:
        # Who waits since the same millisecond has no order.
        self.office.now_ms = self.model.now = self.model.now + 1
        outcome = self.model.wait(person, day)
        assert self.run(self.office.wait(person, day)).outcome == outcome
        self.settle()

    @rule(day=days)
    def close(self, day: str) -> None:
        self.model.closed.add(day)
        self.model.unsettled.add(day)
        self.model.openings[day] = self.model.now
        self.run(self.office.do(close_day("timur.foto", day, reason="", now_ms=self.model.now)))
        self.settle()

    @rule(day=days)
    def reopen(self, day: str) -> None:
        self.model.closed.discard(day)
        self.model.openings[day] = self.model.now
        self.run(self.office.do(reopen_day("timur.foto", day, now_ms=self.model.now)))
        self.settle()

    @rule(minutes=st.sampled_from(MINUTES))
    def pass_time(self, minutes: int) -> None:
        self.model.now += minutes * 60_000
        self.settle()

    @rule(data=st.data())
    def check_in(self, data: st.DataObject) -> None:
        if not self.model.visits:
            return
        number = data.draw(st.sampled_from(sorted(self.model.visits)))
        visit = self.model.visits[number]
        row = self.run(self.office.all(BY_NUMBER, number=number))[0]
        outcome = self.run(self.office.do(self.office.desk.check_in(row, now_ms=self.model.now))).outcome
        assert outcome == self.expected_check_in(visit)
        if outcome in ("arrived", "late"):
            if visit.state == "missed":
                self.model.forgive(visit.person)
            visit.state = "arrived"
        self.settle()

    def expected_check_in(self, visit: Visit) -> str:
        if visit.state in ("held", "offered"):
            return "unknown"
        if visit.state in ("arrived", "called"):
            return "already"
        if visit.day != self.model.today:
            return "other_day"
        return "late" if self.model.now > visit.starts + 15 * 60_000 else "arrived"

    @rule()
    def call(self) -> None:
        for number, visit in self.model.visits.items():
            if visit.state == "arrived":
                row = self.run(self.office.all(BY_NUMBER, number=number))[0]
                assert self.run(self.office.do(self.office.desk.call(row, now_ms=self.model.now)))
                visit.state = "called"
                return

    @rule()
    def walk_in(self) -> None:
        day = self.model.today
        free = self.model.free(day, walk_in=True)
        wish = self.office.wish("walking", chat="")
        answer = self.run(self.office.do(self.office.desk.walk_in(wish, now_ms=self.model.now)))
        if free:
            assert (answer.outcome, answer.values["time"]) == ("arrived", free[0])
            self.model.visits[answer.values["number"]] = Visit(f"walk-in {wish.request}", "arrived", day, free[0])
        else:
            assert answer.outcome == ("full" if self.model.ahead(day, walk_in=True) else "closed")

    def settle(self) -> None:
        """Let the clock do its work, and hold what people are told against what the model says."""
        expected = self.model.settle()
        told = self.run(self.office.pass_to(self.model.now))
        assert sorted((notice.kind, notice.chat[1:], notice.answer.outcome) for notice in told) == sorted(expected)
        for notice in told:
            self.name_offer(notice)

    def name_offer(self, notice: Notice) -> None:
        """Learn the number of an offer."""
        if notice.kind == "offer":
            self.model.visits[notice.answer.values["number"]] = self.model.visits.pop(f"?{notice.chat[1:]}")

    @invariant()
    def seats_are_as_the_model_says(self) -> None:
        self.run(self.office.check())
        rows = {row.number: row for row in self.run(self.office.all(ALL))}
        for number, visit in self.model.visits.items():
            assert (rows[number].state, rows[number].day) == (visit.state, visit.day)
        assert rows.keys() == self.model.visits.keys()
        for person in PEOPLE:
            assert sum(visit.person == person and visit.state in LIVE for visit in self.model.visits.values()) <= 1


def _empty(tx: Tx) -> None:
    for table in TABLES:
        for row in tx.scan(table):
            tx.delete(table, *[getattr(row, column) for column in table.key_columns])


def live(open_database: Callable[[], Database], *, lives: int, steps: int) -> None:
    """Live through many lives."""
    machine = type("OneLife", (Life,), {"open_database": staticmethod(open_database)})
    quick = settings(
        max_examples=lives,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    )
    run_state_machine_as_test(machine, settings=quick)


def test_an_office_lives_as_its_model_on_sqlite() -> None:
    with TemporaryDirectory() as folder:
        live(lambda: SqliteDatabase(Path(folder) / "gateway.db", portable=True), lives=12, steps=30)


def test_an_office_lives_as_its_model_on_postgresql(postgres_url: str) -> None:
    live(lambda: PostgresDatabase(postgres_url), lives=4, steps=20)
