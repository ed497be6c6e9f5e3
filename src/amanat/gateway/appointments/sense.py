"""What can be written in `appointments.yaml` and still makes no sense: each is told with its line. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from amanat.gateway.appointments.settings import DAY_MS, MINUTE_MS, Agenda, Counter, Service
from amanat.gateway.appointments.slots import WALK_IN, slots_on
from amanat.gateway.office_files.calendars import Calendar
from amanat.gateway.office_files.sections import Section

MAX_CAPACITY: Final = 100
MAX_SLOTS: Final = 200
"""Of a day: a booking looks through all of them."""
MAX_DAYS: Final = 60
MAX_WAITING: Final = 50
MAX_HOLD_MS: Final = DAY_MS

_A_MONDAY: Final = date(2026, 11, 23)


def check_counter(counter: Counter, section: Section) -> None:
    """Tell of a counter where nobody could be served, or that keeps more seats than it has."""
    capacities = counter.capacity_in.values() or (counter.capacity,)
    if not all(1 <= capacity <= MAX_CAPACITY for capacity in capacities):
        _say(section, "capacity", f"needs 'capacity': how many people each time is for, 1 to {MAX_CAPACITY}.")
        return
    spans = sorted(counter.capacity_in)
    if any(ends > begins for (_, ends), (begins, _) in pairwise(spans)):
        _say(section, "capacity", "has hours with two capacities.")
    kept = counter.walk_in + sum(counter.priority.values())
    if kept > min(capacities):
        _say(section, "capacity", f"keeps {kept} seats and has {min(capacities)}: nobody else could ever come.")
    if WALK_IN in counter.priority:
        _say(section, "priority", "has a group 'walk_in': write 'walk_in: 2' beside 'capacity'.")
    if not MINUTE_MS <= counter.slot_ms <= DAY_MS:
        _say(section, "every", "needs 'every': how far apart its times are, such as '30 minutes'.")
        return
    _check_day(counter, section)


def _check_day(counter: Counter, section: Section) -> None:
    """Look at an ordinary week: closures and holidays left out."""
    place = counter.place
    calendar = Calendar(hours=place.calendar.hours)
    week = [
        slots_on(_on(counter, calendar), _A_MONDAY + timedelta(days=day)) for day in range(7) if place.calendar.hours
    ]
    most = max((len(slots) for slots in week), default=0)
    if most == 0:
        _say(section, "every", f"has no whole time within the opening hours of '{place.name}'.")
    elif most > MAX_SLOTS:
        _say(section, "every", f"has {most} times a day, {MAX_SLOTS} at most.")
    elif any(not slot.kinds for slots in week for slot in slots):
        _say(section, "capacity", "has opening hours for which 'capacity' says nothing.")


def _on(counter: Counter, calendar: Calendar) -> Counter:
    return replace(counter, place=replace(counter.place, calendar=calendar))


def check_service(service: Service, section: Section, *, counters: Mapping[str, Counter]) -> None:
    """Tell of rules that contradict each other."""
    window_ms = service.to_days * DAY_MS - service.from_ms
    if not 1 <= service.to_days <= MAX_DAYS:
        _say(section, "ahead", f"needs 'to' from 1 day to {MAX_DAYS} days ahead.")
    elif window_ms <= 0:
        _say(section, "ahead", "can be booked from a time on that lies after 'to': nobody could ever book.")
    for key, value in (("hold", service.hold_ms), ("waiting", service.offer_ms)):
        if not MINUTE_MS <= value <= min(MAX_HOLD_MS, max(window_ms, MINUTE_MS)):
            _say(section, key, "keeps a seat for somebody longer than a day, or than it can be booked ahead.")
    if any(before >= service.to_days * DAY_MS for before in service.remind_ms):
        _say(section, "remind", "reminds of a visit before it can be booked.")
    _check_people(service, section)
    if len({counters[name].place.zone.key for name in service.counters}) > 1:
        _say(section, "at", "has places in two time zones: make a service for each.")


def _check_people(service: Service, section: Section) -> None:
    if min(service.per_person, service.per_identity) < 1:
        _say(section, "limit", "lets nobody book: 'limit' needs 1 or more.")
    if service.waiting > MAX_WAITING:
        _say(section, "waiting", f"has {MAX_WAITING} people waiting for a day at most.")
    if service.identity in service.asks and service.identity:
        _say(
            section, "asks", f"would keep '{service.identity}': an identity is kept as a hash only. Leave it out here."
        )
    if service.grace_ms > DAY_MS:
        _say(section, "no_show", "waits longer than a day for somebody who is late.")


def check_agenda(agenda: Agenda, top: Section) -> None:
    """Tell of services that cannot be told from each other by their numbers."""
    codes: dict[str, str] = {}
    for name, service in agenda.services.items():
        if service.code in codes:
            top.say(f"'{name}' and '{codes[service.code]}' have the same 'code': numbers would look alike.")
        codes[service.code] = name


def _say(section: Section, key: str, sentence: str) -> None:
    section.say(f"{section.what} {sentence}", line=section.line_of(key))
