"""Looks for a free seat: on the day that somebody wants, and on the days after it for what to offer instead."""

from collections import Counter as Tally
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Final

from msgspec import Struct

from amanat.db.tx import Need, Tx
from amanat.gateway.appointments import window
from amanat.gateway.appointments.seats import Asker, Taken, free_seat
from amanat.gateway.appointments.settings import Agenda, Counter, Service
from amanat.gateway.appointments.slots import Grid, Slot, local_time
from amanat.gateway.appointments.tables import CLOSURES, FULL_DAYS, SEATS, WAITING, FullDay
from amanat.gateway.appointments.wishes import Wish

INSTEAD_DAYS: Final = 5
"""Open days that are looked through for something to offer instead: each may be some hundred rows to read."""


class Found(Struct, frozen=True, kw_only=True):
    """A seat that is free."""

    counter: Counter
    day: date
    slot: Slot
    seat: int


class Search:
    """What is to be looked through for a wish at a moment; `instead` for something else to offer, too.

    Everything it reads stands in `needs`.
    """

    def __init__(self, agenda: Agenda, grid: Grid, *, wish: Wish, now_ms: int, instead: bool = True) -> None:
        self.wish = wish
        self.service: Service = agenda.services[wish.service]
        self._grid = grid
        self._now_ms = now_ms
        self._asker = Asker(channel=wish.channel, group=wish.priority)
        self._is_public = wish.channel == "chat" and not wish.priority
        counters = agenda.counters_of(self.service, wish.place)
        self.wanted = [(counter, day) for counter in counters for day in self._wanted_days(counter)]
        self.wanted.sort(key=lambda pair: pair[1])
        self.instead = [(counter, day) for counter in counters for day in self._days_instead(counter) if instead]
        self.instead.sort(key=lambda pair: _nearness(pair[1], wish.day))

    @property
    def needs(self) -> list[Need]:
        """Return all that is read."""
        pairs = dict.fromkeys((counter.id, day.isoformat()) for counter, day in (*self.wanted, *self.instead))
        days = dict.fromkeys(day for _, day in pairs)
        return [
            *((SEATS, pair) for pair in pairs),
            *((CLOSURES, pair) for pair in pairs),
            *((FULL_DAYS, pair) for pair in pairs if self._is_public),
            *((WAITING, (self.service.name, day), 1) for day in days),
        ]

    def first(self, tx: Tx, *, waited: bool = False) -> Found | None:
        """Return the first free seat that is as wished; `waited` goes before those who wait."""
        return self._first(tx, self.wanted, clock=self.wish.time, waited=waited)

    def other(self, tx: Tx) -> Found | None:
        """Return the nearest free seat to offer instead."""
        return self._first(tx, self.instead, clock="", waited=False)

    def is_open(self, tx: Tx) -> bool:
        """Whether any counter has a slot ahead on the wanted day."""
        return any(True for pair in self.wanted for _ in self._slots(tx, *pair))

    def _wanted_days(self, counter: Counter) -> list[date]:
        if self.wish.day is not None:
            return [self.wish.day]
        return list(islice(self._open_days(counter), INSTEAD_DAYS))

    def _days_instead(self, counter: Counter) -> list[date]:
        """Return the days to offer: the wanted one and those after it first."""
        wanted = self.wish.day
        if self.wish.channel == "walk_in" or wanted is None:
            return []
        days = list(self._open_days(counter))
        return sorted(days, key=lambda day: _nearness(day, wanted))[:INSTEAD_DAYS]

    def _open_days(self, counter: Counter) -> Iterator[date]:
        days = window.days_ahead(self.service, counter.place, now_ms=self._now_ms)
        return (day for day in days if self._grid.slots(counter, day))

    def _first(self, tx: Tx, pairs: list[tuple[Counter, date]], *, clock: str, waited: bool) -> Found | None:
        for counter, day in pairs:
            if not waited and self.wish.channel == "chat" and self._somebody_waits(tx, day):
                continue
            if found := self._on(tx, counter, day, clock=clock):
                return found
        return None

    def _on(self, tx: Tx, counter: Counter, day: date, *, clock: str) -> Found | None:
        """Return the first free seat of a day at a counter; note if there is none for anybody."""
        released = window.is_released(self.service, counter.place, day=day, now_ms=self._now_ms)
        full = FullDay(counter.id, day.isoformat(), int(released), self._grid.size(counter, day))
        if self._is_known_full(tx, full):
            return None
        taken, slots = None, list(self._slots(tx, counter, day))
        for slot in slots:
            if clock and clock != local_time(counter.place, slot.starts_ms):
                continue
            taken = taken or _taken(tx, counter, day)
            seat = free_seat(counter, slot, taken=taken, asker=self._asker, released=released)
            if seat is not None:
                return Found(counter=counter, day=day, slot=slot, seat=seat)
        if slots and self._is_public and not clock and len(slots) == len(self._grid.slots(counter, day)):
            tx.put(FULL_DAYS, full)
        return None

    def _is_known_full(self, tx: Tx, day: FullDay) -> bool:
        known = tx.get(FULL_DAYS, day.counter, day.day) if self._is_public else None
        return known is not None and known.grid == day.grid and known.released >= day.released

    def _somebody_waits(self, tx: Tx, day: date) -> bool:
        """While somebody waits for a day, what becomes free there is theirs."""
        return next(tx.scan(WAITING, self.service.name, day.isoformat()), None) is not None

    def _slots(self, tx: Tx, counter: Counter, day: date) -> Iterator[Slot]:
        """Yield the slots of a day that are still ahead; for a walk-in, those that are not over."""
        if tx.get(CLOSURES, counter.id, day.isoformat()) is not None:
            return
        first_ms = window.first_start_ms(self.service, self._now_ms)
        for slot in self._grid.slots(counter, day):
            if slot.starts_ms >= first_ms or (self.wish.channel == "walk_in" and slot.ends_ms > self._now_ms):
                yield slot


def _nearness(day: date, wanted: date | None) -> tuple[bool, date]:
    """The day that is wanted and those after it come before those ahead of it."""
    return (wanted is not None and day < wanted, day)


def _taken(tx: Tx, counter: Counter, day: date) -> Taken:
    seats: dict[int, set[int]] = {}
    channels: Tally[str] = Tally()
    for row in tx.scan(SEATS, counter.id, day.isoformat()):
        seats.setdefault(row.starts_ms, set()).add(row.seat)
        channels[row.channel] += 1
    return Taken(seats, channels)
