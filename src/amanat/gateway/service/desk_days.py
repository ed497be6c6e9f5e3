"""The appointments of a day, as the desk shows and changes them: over the front desk of the appointments."""

import os
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct

from amanat.core import base64url
from amanat.db.tx import Tx, Unit
from amanat.gateway.appointments import day_sheet, tickets
from amanat.gateway.appointments.office import Appointments
from amanat.gateway.appointments.settings import MINUTE_MS, Counter
from amanat.gateway.appointments.settings import Place as AgendaPlace
from amanat.gateway.appointments.tables import Appointment
from amanat.gateway.appointments.telling import title
from amanat.gateway.appointments.wishes import Wish
from amanat.gateway.desk import trail
from amanat.gateway.desk.changes import Changes
from amanat.gateway.desk.errors import Already, Forged, NoSeat, NoSuch, NotNow, OtherDay, WrongValue
from amanat.gateway.desk.joints import Shown
from amanat.gateway.service.day_lines import DayLines, served
from amanat.gateway.service.turns import Turns
from amanat.gateway.service.waiting_line import NEAR, WaitingLine
from amanat.gateway.store.store import GatewayStore

_UNDONE: Final[Mapping[str, tuple[trail.What, str]]] = {
    "arrived": ("undid_check_in", "not_arrived"),
    "called": ("undid_call", "not_called"),
    "missed": ("undid_no_show", "not_missed"),
}
"""By the state that was taken back: what the trail says, and what the person is told."""
SEED_BYTES: Final = 16
TOPIC: Final = "day"
AFTERWARDS_MS: Final = 12 * 60 * MINUTE_MS
"""A desk without a connection tells of who came as soon as it has one again: that is the same working day."""
CLOCKS_DIFFER_MS: Final = 5 * MINUTE_MS
"""Between the computer of the desk and the gateway's."""


class Ground(Struct, frozen=True, kw_only=True):
    """What the day's acts stand on. `language` is that of titles; `called`: the words of the flow's folder."""

    store: GatewayStore
    changes: Changes
    language: str
    called: day_sheet.Called
    turns: Turns
    now_ms: Callable[[], int]
    mint: Callable[[], str]


class DeskDays:
    """The desk's `Days` over a service's appointments."""

    def __init__(self, appointments: Appointments, on: Ground) -> None:
        self._appointments = appointments
        self._agenda = appointments.agenda
        self._desk = appointments.desk
        self._lines = DayLines(appointments, language=on.language, now_ms=on.now_ms)
        self._line_told = WaitingLine(appointments.desk, on.turns)
        self._on = on

    # Looking.

    async def day(self, place: str, date: str) -> Mapping[str, Any]:
        """Return a day at a place."""
        found, day = self._place(place), _day(date)
        counters = self._counters(found)
        rows = await self._rows(counters, day)
        lines = [self._lines.line(row) for row in rows]
        grid = self._appointments.booking.grid
        states = [line["state"] for line in lines]
        return {
            "place": found.name,
            "date": day.isoformat(),
            "open": any(grid.slots(counter, day) for counter in counters),
            "counts": {state: states.count(state) for state in dict.fromkeys(states)},
            "services": self._lines.services(found),
            "ticket_key": base64url.encode(self._appointments.keys.tickets.public_key().public_bytes_raw()),
            "lines": lines,
            "now_serving": [served(line, row) for line, row in zip(lines, rows, strict=True) if row.state == "called"],
        }

    async def csv(self, place: str, date: str, *, language: str) -> str:
        """Return a day as a table."""
        rows = await self._rows(self._counters(self._place(place)), _day(date))
        lines = day_sheet.lines_of(rows, self._agenda)
        return day_sheet.csv_of(lines, language=language, called=self._on.called)

    # Acting.

    async def check_in(self, member: str, shown: Shown, *, came_ms: int | None) -> Mapping[str, Any]:
        """Put somebody in line."""
        seen = await (self._by_ticket(shown.ticket) if shown.ticket else self._by_number(shown.number))
        unit = self._desk.check_in(seen, now_ms=self._on.now_ms() if came_ms is None else self._past(came_ms))
        others = await self._line_told.others(self._on.store, seen)

        def run(tx: Tx) -> Mapping[str, Any]:
            came = unit.run(tx)
            row = came.appointment
            if row is None:
                raise NoSuch
            if came.outcome == "already":
                raise Already(line=self._lines.line(row))
            if came.outcome == "other_day":
                raise OtherDay(date=row.day, place=title(self._counter(row).place, self._on.language))
            what: trail.What = "checked_in" if came_ms is None else "checked_in_afterwards"
            self._did(tx, member, what, number=row.number)
            self._line_told.came(tx, row, others=others)
            return {"line": self._lines.line(row), "late": came.outcome == "late"}

        return await self._on.store.write(run, needs=[*unit.needs, *self._line_told.needs(seen)])

    async def serve(self, member: str, number: str) -> Mapping[str, Any]:
        """Call somebody from the line."""
        seen = await self._by_number(number)
        unit = self._desk.call(seen, now_ms=self._on.now_ms())
        others = await self._line_told.others(self._on.store, seen)

        def run(tx: Tx) -> Mapping[str, Any]:
            called = unit.run(tx)
            if called is None:
                raise Already("This person does not stand in the line, or was called by another counter.")
            self._did(tx, member, "served", number=called.number)
            self._line_told.called(tx, called, others=others)
            return {"line": self._lines.line(called)}

        return await self._on.store.write(run, needs=[*unit.needs, *self._line_told.needs(seen, *others[:NEAR])])

    async def excuse(self, member: str, number: str) -> Mapping[str, Any]:
        """Let a missed visit count for nothing."""
        unit = self._desk.excuse(await self._by_number(number), now_ms=self._on.now_ms())

        def run(tx: Tx) -> Mapping[str, Any]:
            excused = unit.run(tx)
            if excused is None:
                raise NoSuch("This is no missed visit that counts.")
            self._did(tx, member, "excused", number=excused.number)
            return {"line": self._lines.line(excused)}

        return await self._on.store.write(run, needs=unit.needs)

    async def no_show(self, member: str, number: str) -> Mapping[str, Any]:
        """Say that somebody did not come."""
        seen = await self._by_number(number)
        unit = self._desk.no_show(seen, now_ms=self._on.now_ms())

        def run(tx: Tx) -> Mapping[str, Any]:
            missed = unit.run(tx)
            if missed is None:
                raise NotNow("This person is not waited for: they came, or it is not their time.")
            self._did(tx, member, "marked_missed", number=missed.number)
            self._line_told.say(tx, missed, kind="missed")
            return {"line": self._lines.line(missed)}

        return await self._on.store.write(run, needs=[*unit.needs, *self._line_told.needs(seen)])

    async def undo(self, member: str, number: str) -> Mapping[str, Any]:
        """Take back the last that was done with a visit."""
        seen = await self._by_number(number)
        unit = self._desk.undo(seen, now_ms=self._on.now_ms())

        def run(tx: Tx) -> Mapping[str, Any]:
            undone = unit.run(tx)
            if undone is None:
                raise NotNow("Nothing of this visit can be taken back.")
            what, said = _UNDONE[undone.was]
            self._did(tx, member, what, number=undone.appointment.number)
            self._line_told.say(tx, undone.appointment, kind=said)
            return {"line": self._lines.line(undone.appointment)}

        return await self._on.store.write(run, needs=[*unit.needs, *self._line_told.needs(seen)])

    async def walk_in(self, member: str, *, place: str, service: str, name: str, txn_id: str) -> Mapping[str, Any]:
        """Give somebody without an appointment a number."""
        held = self._agenda.services.get(service)
        if held is None or not self._agenda.counters_of(held, self._place(place).name):
            raise NoSuch
        request = f"desk/{member}/{txn_id or self._on.mint()}"
        wish = Wish(
            request=request,
            service=service,
            person="",
            seed=os.urandom(SEED_BYTES),
            place=place,
            # What the service does not ask for is not kept.
            details={"name": name} if name and "name" in held.asks else {},
        )
        unit: Unit[Any] = self._desk.walk_in(wish, now_ms=self._on.now_ms())

        def run(tx: Tx) -> str:
            answer = unit.run(tx)
            if answer is None or answer.outcome != "arrived":
                raise NoSeat
            number: str = answer.values["number"]
            self._did(tx, member, "walked_in", number=number)
            return number

        number = await self._on.store.write(run, needs=unit.needs)
        return {"line": self._lines.line(await self._by_number(number))}

    # What they stand on.

    def _place(self, name: str) -> AgendaPlace:
        place = self._agenda.places.get(name)
        if place is None:
            raise NoSuch
        return place

    def _counters(self, place: AgendaPlace) -> list[Counter]:
        return [counter for counter in self._agenda.counters.values() if counter.place.name == place.name]

    def _counter(self, row: Appointment) -> Counter:
        return self._agenda.counters[row.counter]

    async def _rows(self, counters: list[Counter], day: date) -> list[Appointment]:
        return await self._desk.day(self._on.store, counters=[counter.id for counter in counters], day=day)

    def _past(self, came_ms: int) -> int:
        """Return when somebody came: not now, and not so long ago that nobody at the desk would know."""
        now_ms = self._on.now_ms()
        if not now_ms - AFTERWARDS_MS <= came_ms <= now_ms + CLOCKS_DIFFER_MS:
            raise WrongValue("That is not a time of the last hours.")
        return min(came_ms, now_ms)

    async def _by_number(self, typed: str) -> Appointment:
        found = await self._desk.by_number(self._on.store, typed)
        if found is None:
            raise NoSuch
        return found

    async def _by_ticket(self, text: str) -> Appointment:
        if tickets.verify(text, self._appointments.keys.tickets.public_key()) is None:
            raise Forged
        found = await self._desk.by_ticket(self._on.store, text)
        if found is None:
            raise NoSuch("This ticket is older than the last change of its appointment.")
        return found

    def _did(self, tx: Tx, member: str, what: trail.What, *, number: str) -> None:
        trail.note(tx, member, what=what, about=number, now_ms=self._on.now_ms())
        self._on.changes.after(tx, TOPIC)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongValue("A date is written 2026-11-24.") from None
