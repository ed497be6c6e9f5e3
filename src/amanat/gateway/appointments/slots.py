"""The grid of a day: its slots, cut from the opening hours, with a capacity each. Pure."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from msgspec import Struct

from amanat.gateway.appointments.settings import Counter, Place
from amanat.gateway.office_files.calendars import hours_on

_REMEMBERED: Final = 4096
"""Days: those of forty counters for three months, in some 10 MB."""


ANYBODY: Final = ""
WALK_IN: Final = "walk_in"


class Slot(Struct, frozen=True, kw_only=True):
    """A time at a counter. `kinds` are its seats: anybody's, a priority group's, or walk-ins'."""

    starts_ms: int
    ends_ms: int
    kinds: tuple[str, ...]


def slots_on(counter: Counter, day: date) -> tuple[Slot, ...]:
    """Return the slots of a day in order: whole ones within its hours, none that touches a closure."""
    found = []
    for begins in _beginnings(counter, day):
        starts_ms = _ms(begins)
        kinds = _kinds(counter, _capacity(counter, begins.time()))
        found.append(Slot(starts_ms=starts_ms, ends_ms=starts_ms + counter.slot_ms, kinds=kinds))
    return tuple(found)


class Grid:
    """The slots of days, remembered: a booking looks at several, and they change only with the settings."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, date], tuple[tuple[Slot, ...], str]] = {}

    def slots(self, counter: Counter, day: date) -> tuple[Slot, ...]:
        """Return the slots of a day in order."""
        return self._day(counter, day)[0]

    def size(self, counter: Counter, day: date) -> str:
        """Return what differs when a day's seats are not what they were: its times and their seats, in short."""
        return self._day(counter, day)[1]

    def _day(self, counter: Counter, day: date) -> tuple[tuple[Slot, ...], str]:
        key = (counter.id, day)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            slots = slots_on(counter, day)
            found = self._known[key] = slots, _size(counter, slots)
        return found


def local_day(place: Place, at_ms: int) -> date:
    """Return the date at a place."""
    return datetime.fromtimestamp(at_ms / 1000, place.zone).date()


def local_time(place: Place, at_ms: int) -> str:
    """Return the time at a place, such as 09:30."""
    return datetime.fromtimestamp(at_ms / 1000, place.zone).strftime("%H:%M")


def moment_ms(place: Place, day: date, *, clock: time = time.min) -> int:
    """Return when it is this time of this day at a place."""
    return _ms(datetime.combine(day, clock, place.zone))


def _size(counter: Counter, slots: tuple[Slot, ...]) -> str:
    seats = sum(len(slot.kinds) for slot in slots)
    kept = sum(kind != ANYBODY for slot in slots for kind in slot.kinds)
    return f"{len(slots)} {seats} {kept} {counter.per_day.get('chat', '')}"


def _beginnings(counter: Counter, day: date) -> Iterator[datetime]:
    place, length = counter.place, timedelta(milliseconds=counter.slot_ms)
    closures = place.calendar.closures
    for opens, closes in hours_on(place.calendar, day):
        begins = datetime.combine(day, opens, place.zone)
        last = datetime.combine(day, closes, place.zone) - length
        while begins <= last:
            if not any(closure.begins < begins + length and begins < closure.ends for closure in closures):
                yield begins
            begins += length


def _kinds(counter: Counter, capacity: int) -> tuple[str, ...]:
    kept = [group for group, seats in counter.priority.items() for _ in range(seats)] + [WALK_IN] * counter.walk_in
    return (*[ANYBODY] * max(capacity - len(kept), 0), *kept)[:capacity]


def _capacity(counter: Counter, begins: time) -> int:
    for (first, last), capacity in counter.capacity_in.items():
        if first <= begins < last:
            return capacity
    return counter.capacity


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
