"""What the clock brings: lots, reminders, seats that are free again, visits that nobody came to, what is forgotten.

`Clock.due` looks at what is committed and returns units, a bounded number, in the order in which to run them. Each
looks again before it changes anything, so that it has its effect once, however often it was made.
"""

from typing import Final

from amanat.db.query import Reader
from amanat.db.tx import Tx, Unit
from amanat.gateway.appointments import life, records, strikes, telling
from amanat.gateway.appointments.booking import Booking
from amanat.gateway.appointments.closing import Closing
from amanat.gateway.appointments.notices import Kind, Notice
from amanat.gateway.appointments.offers import Offers
from amanat.gateway.appointments.settings import MINUTE_MS
from amanat.gateway.appointments.sweeping import sweeps
from amanat.gateway.appointments.tables import APPOINTMENTS, DUE, DUE_LOTS, IDENTITIES, SEATS, Appointment, Lot
from amanat.gateway.appointments.wishes import Answer, decode_wish

MOST: Final = 50
"""Units of each sort in one go: their seats are looked through on the loop, which has others to serve."""

SWEEP_MS: Final = MINUTE_MS
"""Between two looks for what nobody needs any more."""

DueUnit = Unit[tuple[Notice, ...]]


class Clock:
    """Finds what is due."""

    def __init__(self, booking: Booking) -> None:
        self._booking = booking
        self._closing = Closing(booking)
        self._offers = Offers(booking)
        self._swept_ms = 0

    async def due(self, store: Reader, *, now_ms: int) -> list[DueUnit]:
        """Return what is to be done now; ask again at once if it is anything, and else after a second or so.

        What a unit returns is to be said, and must be written down by the unit that it is joined with.
        """
        lots = await store.all(DUE_LOTS, now_ms=now_ms, most=MOST)
        if lots:
            # Nothing else may take a seat before all lots have been drawn.
            return [self._draw(lot, now_ms=now_ms) for lot in lots]
        appointments = await store.all(DUE, now_ms=now_ms, most=MOST)
        return [
            *[self._pass(appointment, now_ms=now_ms) for appointment in appointments],
            *await self._closing.due(store, now_ms=now_ms),
            *await self._offers.due(store, now_ms=now_ms),
            *await self._sweep(store, now_ms=now_ms),
        ]

    async def _sweep(self, store: Reader, *, now_ms: int) -> list[DueUnit]:
        if now_ms < self._swept_ms + SWEEP_MS:
            return []
        units = await sweeps(store, now_ms=now_ms)
        if not units:
            self._swept_ms = now_ms
        return units

    def _draw(self, lot: Lot, *, now_ms: int) -> DueUnit:
        wish = decode_wish(lot.wish)
        unit = self._booking.draw(lot, wish, now_ms=now_ms)

        def run(tx: Tx) -> tuple[Notice, ...]:
            answer = unit.run(tx)
            if answer is None:
                return ()
            return (Notice(kind="answer", chat=wish.chat, answer=answer, request=wish.request),)

        return Unit(run, unit.needs)

    def _pass(self, seen: Appointment, *, now_ms: int) -> DueUnit:
        """Do what is due at an appointment, if that is still so."""
        key = (seen.person, seen.service, seen.number)

        def run(tx: Tx) -> tuple[Notice, ...]:
            row = tx.get(APPOINTMENTS, *key)
            if row is None or row.due_ms != seen.due_ms or row.state != seen.state:
                return ()
            match life.due(row):
                case "lapse":
                    records.give_up(tx, row, now_ms=now_ms)
                    return self._notices("lapsed", row)
                case "remind":
                    return self._remind(tx, row, now_ms=now_ms)
                case "miss":
                    return self._miss(tx, row, now_ms=now_ms)
            forget(tx, row)
            return ()

        return Unit(run, [(APPOINTMENTS, key), *strikes.needs(seen)])

    def _remind(self, tx: Tx, row: Appointment, *, now_ms: int) -> tuple[Notice, ...]:
        """Remind of a visit; one that has begun meanwhile is only waited for."""
        reminded = life.reminded(row, self._booking.agenda.services[row.service], now_ms=now_ms)
        tx.put(APPOINTMENTS, reminded)
        return self._notices("reminder", reminded) if now_ms < row.starts_ms else ()

    def _miss(self, tx: Tx, row: Appointment, *, now_ms: int) -> tuple[Notice, ...]:
        service = self._booking.agenda.services[row.service]
        struck = service.strikes > 0 and now_ms <= row.due_ms + life.FAIR_MS
        missed = life.missed(row, service, now_ms=now_ms, struck=struck)
        records.change(tx, missed)
        if struck:
            strikes.add(tx, row, service=service, now_ms=now_ms)
        return self._notices("missed", missed)

    def _notices(self, kind: Kind, row: Appointment) -> tuple[Notice, ...]:
        answer: Answer = telling.of_visit(kind, row, agenda=self._booking.agenda, language="")
        return (Notice(kind=kind, chat=row.chat, answer=answer),) if row.chat else ()


def forget(tx: Tx, row: Appointment) -> None:
    """Delete an appointment that is over, with everything that a person said."""
    tx.delete(APPOINTMENTS, row.person, row.service, row.number)
    if row.seat is not None:
        tx.delete(SEATS, row.counter, row.day, row.starts_ms, row.seat)
    if row.identity:
        tx.delete(IDENTITIES, row.identity, row.service, row.number)
