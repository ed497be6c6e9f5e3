"""What the staff do on the day: who comes, who has come, who is next; and people without an appointment."""

from datetime import date
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from amanat.db.query import Reader
from amanat.db.tx import Tx, Unit
from amanat.gateway.appointments import life, records, strikes, tickets
from amanat.gateway.appointments.booking import Booking
from amanat.gateway.appointments.case import Outcome
from amanat.gateway.appointments.closing import displaced_key
from amanat.gateway.appointments.numbers import read_number
from amanat.gateway.appointments.slots import local_day
from amanat.gateway.appointments.tables import (
    APPOINTMENTS,
    BY_NUMBER,
    DISPLACED,
    LINE,
    OF_DAY,
    ON_CLOSED_DAYS,
    Appointment,
)
from amanat.gateway.appointments.tickets import Ticket
from amanat.gateway.appointments.wishes import Keys, Visit, Wish

MOST_AFFECTED: Final = 1000

CheckedIn = Literal["arrived", "late", "already", "other_day", "unknown"]


class CheckIn(Struct, frozen=True, kw_only=True):
    """What came of a check-in, and the appointment as it is now."""

    outcome: CheckedIn
    appointment: Appointment | None = None


class Undone(Struct, frozen=True, kw_only=True):
    """What was taken back: in which state the appointment was, and as it is now."""

    was: str
    appointment: Appointment


class FrontDesk:
    """Reads the day from what is committed, and makes units of what the staff do."""

    def __init__(self, booking: Booking, keys: Keys) -> None:
        self._booking = booking
        self._keys = keys

    def ticket(self, visit: Visit) -> str:
        """Return the signed ticket of a visit, for a QR code."""
        starts_s = visit.starts_ms // 1000
        return tickets.sign(Ticket(n=visit.number, c=visit.counter, t=starts_s, m=visit.moves), self._keys.tickets)

    # Looking.

    async def by_number(self, store: Reader, typed: str) -> Appointment | None:
        """Return the appointment with a number as somebody typed it."""
        number = read_number(typed)
        rows = await store.all(BY_NUMBER, number=number) if number else []
        return next((row for row in rows if row.state != "gone"), None)

    async def by_ticket(self, store: Reader, text: str) -> Appointment | None:
        """Return the appointment of a ticket; `None` too for one that is not ours, or older than the last move."""
        ticket = tickets.verify(text, self._keys.tickets.public_key())
        found = await self.by_number(store, ticket.n) if ticket else None
        return found if found and ticket and ticket.t == found.starts_ms // 1000 else None

    async def day(self, store: Reader, *, counters: list[str], day: date) -> list[Appointment]:
        """Return the appointments of a day in order, those that were only held or given up left out."""
        rows = await store.all(OF_DAY, day=day.isoformat(), counters=counters)
        return [row for row in rows if row.state not in ("held", "gone")]

    async def line(self, store: Reader, *, counter: str, day: date) -> list[Appointment]:
        """Return who has arrived and was not called, in the order of their turn."""
        return await store.all(LINE, counter=counter, day=day.isoformat())

    async def position(self, store: Reader, appointment: Appointment) -> int | None:
        """Return how many are before somebody in the line; `None` if they do not stand in it."""
        line = await store.all(LINE, counter=appointment.counter, day=appointment.day)
        numbers = [row.number for row in line]
        return numbers.index(appointment.number) if appointment.number in numbers else None

    async def affected(self, store: Reader) -> list[Appointment]:
        """Return who still has a seat on a day that was closed; each is told, and offered another."""
        return await store.all(ON_CLOSED_DAYS, most=MOST_AFFECTED)

    async def displaced(self, store: Reader, *, counter: str, day: date) -> list[Appointment]:
        """Return who had a seat on a closed day, with what they were offered (`offered`) or took (`booked`) instead."""
        return await store.all(DISPLACED, displaced_from=displaced_key(counter, day.isoformat()))

    # Acting.

    def walk_in(self, wish: Wish, *, now_ms: int) -> Unit[Outcome]:
        """Give somebody without an appointment a number and a place in the line: `arrived`, `full` or `closed`."""
        counter = self._booking.agenda.counters_of(self._booking.agenda.services[wish.service], wish.place)[0]
        today = local_day(counter.place, now_ms)
        return self._booking.book(records.walk_in(wish, today), now_ms=now_ms)

    def check_in(self, seen: Appointment, *, now_ms: int) -> Unit[CheckIn]:
        """Put somebody in line: `arrived`, or `late`, behind who is there; `already`, `other_day`, `unknown`."""
        key = (seen.person, seen.service, seen.number)
        service = self._booking.agenda.services[seen.service]

        def run(tx: Tx) -> CheckIn:
            row = tx.get(APPOINTMENTS, *key)
            if row is None or row.state not in ("booked", "missed", "arrived", "called"):
                return CheckIn(outcome="unknown")
            if row.state in ("arrived", "called"):
                return CheckIn(outcome="already", appointment=row)
            if not self._is_today(row, now_ms):
                return CheckIn(outcome="other_day", appointment=row)
            if life.counts(row):
                strikes.forgive(tx, row, service=service, now_ms=now_ms)
            arrived = life.arrived(row, service, now_ms=now_ms)
            records.change(tx, arrived)
            return CheckIn(outcome="arrived" if arrived.turn_ms == row.starts_ms else "late", appointment=arrived)

        return Unit(run, [(APPOINTMENTS, key), *strikes.needs(seen)])

    def call(self, seen: Appointment, *, now_ms: int) -> Unit[Appointment | None]:
        """Call somebody from the line; `None` if another counter was faster: then call the next."""
        key = (seen.person, seen.service, seen.number)
        service = self._booking.agenda.services[seen.service]

        def run(tx: Tx) -> Appointment | None:
            row = tx.get(APPOINTMENTS, *key)
            if row is None or row.state != "arrived":
                return None
            called = life.called(row, service, now_ms=now_ms)
            records.change(tx, called)
            return called

        return Unit(run, [(APPOINTMENTS, key)])

    def no_show(self, seen: Appointment, *, now_ms: int) -> Unit[Appointment | None]:
        """Say that somebody did not come, whose time has begun; `None` if that is not so, or not any more."""
        key = (seen.person, seen.service, seen.number)
        service = self._booking.agenda.services[seen.service]

        def run(tx: Tx) -> Appointment | None:
            row = tx.get(APPOINTMENTS, *key)
            if row is None or not self.may_be_missed(row, now_ms=now_ms):
                return None
            missed = life.missed(row, service, now_ms=now_ms, struck=service.strikes > 0)
            records.change(tx, missed)
            strikes.add(tx, row, service=service, now_ms=now_ms)
            return missed

        return Unit(run, [(APPOINTMENTS, key), *strikes.needs(seen)])

    def undo(self, seen: Appointment, *, now_ms: int) -> Unit[Undone | None]:
        """Take back the last that was done with a visit of today; `None` if nothing can be."""
        key = (seen.person, seen.service, seen.number)
        service = self._booking.agenda.services[seen.service]

        def run(tx: Tx) -> Undone | None:
            row = tx.get(APPOINTMENTS, *key)
            back = life.undone(row, service, now_ms=now_ms) if row and self._is_today(row, now_ms) else None
            if row is None or back is None:
                return None
            if life.counts(row):
                strikes.forgive(tx, row, service=service, now_ms=now_ms)
            elif life.counts(back):
                strikes.add(tx, back, service=service, now_ms=now_ms)
            records.change(tx, back)
            return Undone(was=row.state, appointment=back)

        return Unit(run, [(APPOINTMENTS, key), *strikes.needs(seen)])

    def excuse(self, seen: Appointment, *, now_ms: int) -> Unit[Appointment | None]:
        """Take back what a missed visit counted, when somebody has a reason; `None` if it does not count (any more)."""
        key = (seen.person, seen.service, seen.number)
        service = self._booking.agenda.services[seen.service]

        def run(tx: Tx) -> Appointment | None:
            row = tx.get(APPOINTMENTS, *key)
            if row is None or not life.counts(row):
                return None
            strikes.forgive(tx, row, service=service, now_ms=now_ms)
            excused = replace(row, struck=0)
            tx.put(APPOINTMENTS, excused)
            return excused

        return Unit(run, [(APPOINTMENTS, key), *strikes.needs(seen)])

    # What can be done now.

    def may_be_missed(self, row: Appointment, *, now_ms: int) -> bool:
        """Whether somebody whose time has begun today is waited for."""
        return row.state == "booked" and row.starts_ms <= now_ms and self._is_today(row, now_ms)

    def may_be_undone(self, row: Appointment, *, now_ms: int) -> bool:
        """Whether the last that was done today can be taken back."""
        service = self._booking.agenda.services[row.service]
        return self._is_today(row, now_ms) and life.undone(row, service, now_ms=now_ms) is not None

    def _is_today(self, row: Appointment, now_ms: int) -> bool:
        place = self._booking.agenda.counters[row.counter].place
        return local_day(place, now_ms).isoformat() == row.day
