"""A day on which a counter is closed after all: nobody books it any more, and who had a seat is offered another."""

from datetime import date
from typing import Final

from msgspec.structs import replace

from amanat.db.query import Reader
from amanat.db.tx import Tx, Unit
from amanat.gateway.appointments import records, telling
from amanat.gateway.appointments.booking import Booking
from amanat.gateway.appointments.notices import Notice
from amanat.gateway.appointments.search import Search
from amanat.gateway.appointments.settings import DAY_MS
from amanat.gateway.appointments.tables import (
    APPOINTMENTS,
    CLOSURES,
    ON_CLOSED_DAYS,
    OPENINGS,
    UNSETTLED,
    Appointment,
    DayClosure,
    Opening,
)
from amanat.gateway.appointments.wishes import Answer, Wish

MOST: Final = 20
"""People for whom another seat is looked for in one go."""
THINK_MS: Final = DAY_MS
"""How long a seat is kept for somebody whose day was closed: they did not ask, and may be asleep."""

_DISPLACED: Final = frozenset({"held", "offered", "booked"})


def close_day(counter: str, day: str, *, reason: str, now_ms: int) -> Unit[None]:
    """Close a counter for a day; `Closing.due` then offers other seats to those who had one.

    Whoever waits for the day is told by what `Offers` finds there.
    """

    def run(tx: Tx) -> None:
        tx.put(CLOSURES, DayClosure(counter=counter, day=day, reason=reason, settled=0))
        tx.put(OPENINGS, Opening(counter=counter, day=day, due_ms=now_ms))

    return Unit(run, ())


def reopen_day(counter: str, day: str, *, now_ms: int) -> Unit[None]:
    """Open a day again. Who was offered another seat keeps the offer."""

    def run(tx: Tx) -> None:
        tx.delete(CLOSURES, counter, day)
        tx.put(OPENINGS, Opening(counter=counter, day=day, due_ms=now_ms))

    return Unit(run, ())


def displaced_key(counter: str, day: str) -> str:
    """Return what `displaced_from` says of those who had a seat at a counter on a day."""
    return f"{counter} {day}"


class Closing:
    """Finds other seats for those whose day was closed."""

    def __init__(self, booking: Booking) -> None:
        self._booking = booking

    async def due(self, store: Reader, *, now_ms: int) -> list[Unit[tuple[Notice, ...]]]:
        """Return a unit for each of the first who are to be told; after the last of them, the days are settled."""
        affected = await store.all(ON_CLOSED_DAYS, most=MOST)
        if affected:
            return [self._displace(row, now_ms=now_ms) for row in affected]
        return [_settle(row) for row in await store.all(UNSETTLED, most=MOST)]

    def _displace(self, seen: Appointment, *, now_ms: int) -> Unit[tuple[Notice, ...]]:
        key = (seen.person, seen.service, seen.number)
        search = self._another(seen, now_ms=now_ms)

        def run(tx: Tx) -> tuple[Notice, ...]:
            row = tx.get(APPOINTMENTS, *key)
            closed = tx.get(CLOSURES, seen.counter, seen.day)
            if row is None or closed is None or row.state not in _DISPLACED or row.starts_ms != seen.starts_ms:
                return ()
            found = None if row.state == "held" else search.other(tx)
            if found is None:
                records.give_up(tx, row, now_ms=now_ms)
                return _told(row, telling.of_visit("none", row, agenda=self._booking.agenda, language=""))
            records.leave(tx, row, now_ms=now_ms)
            seated = replace(
                records.seated(row, found, moves=row.moves), displaced_from=displaced_key(row.counter, row.day)
            )
            other = records.until(seated, "offered", until_ms=now_ms + THINK_MS)
            records.keep(tx, other)
            return _told(row, telling.of_visit("offered", other, agenda=self._booking.agenda, language=""))

        return Unit(run, [*search.needs, (APPOINTMENTS, key), (CLOSURES, (seen.counter, seen.day))])

    def _another(self, seen: Appointment, *, now_ms: int) -> Search:
        """Return what looks for another seat: on the days after the closed one before those ahead of it."""
        place = self._booking.agenda.counters[seen.counter].place
        wish = Wish(
            request="",
            service=seen.service,
            person=seen.person,
            seed=b"",
            day=date.fromisoformat(seen.day),
            place=place.name,
            priority=seen.priority,
        )
        return Search(self._booking.agenda, self._booking.grid, wish=wish, now_ms=now_ms)


def _settle(seen: DayClosure) -> Unit[tuple[Notice, ...]]:
    def run(tx: Tx) -> tuple[Notice, ...]:
        row = tx.get(CLOSURES, seen.counter, seen.day)
        if row is not None:
            tx.put(CLOSURES, replace(row, settled=1))
        return ()

    return Unit(run, [(CLOSURES, (seen.counter, seen.day))])


def _told(row: Appointment, answer: Answer) -> tuple[Notice, ...]:
    """Tell whoever had a seat; a seat that was only held is missed when it is to be booked."""
    if not row.chat or row.state == "held":
        return ()
    return (Notice(kind="closed", chat=row.chat, answer=telling.without_ticket(answer, row)),)
