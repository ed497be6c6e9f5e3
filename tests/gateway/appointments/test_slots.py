"""The grid of a day in Indonesia's three zones: Fridays, lunch, holidays with collective leave, closures."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.gateway.appointments.settings import Counter
from amanat.gateway.appointments.slots import Grid, local_day, local_time, slots_on
from tests.gateway.appointments.sample import edited

MORNING = ("08:00", "08:30", "09:00", "09:30", "10:00", "10:30", "11:00", "11:30")
AFTERNOON = ("13:00", "13:30", "14:00", "14:30")


def counter(*edits: tuple[str, str]) -> Counter:
    return edited(*edits).counters["timur.foto"]


def times(of: Counter, day: str) -> tuple[str, ...]:
    return tuple(local_time(of.place, slot.starts_ms) for slot in slots_on(of, date.fromisoformat(day)))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-23", MORNING + AFTERNOON),
        ("2026-11-20", (*MORNING[:7], "13:30", "14:00", "14:30")),  # a Friday
        ("2026-11-27", ()),  # a Friday in closures.ics
        ("2026-11-28", ()),
        ("2026-03-17", MORNING + AFTERNOON),
        ("2026-03-18", ()),  # collective leave before Nyepi
        ("2026-03-19", ()),
        ("2026-03-20", ()),  # collective leave, Idul Fitri, its second day, and two more days of leave
        ("2026-03-23", ()),
        ("2026-03-24", ()),
        ("2026-03-25", MORNING + AFTERNOON),
        ("2026-08-17", ()),
        ("2026-12-24", ()),
    ],
)
def test_the_times_of_a_day_are_its_opening_hours(day: str, expected: tuple[str, ...]) -> None:
    assert times(counter(), day) == expected


@pytest.mark.parametrize(("zone", "hours"), [("Asia/Jakarta", 7), ("Asia/Makassar", 8), ("Asia/Jayapura", 9)])
def test_eight_in_the_morning_is_eight_where_the_office_is(zone: str, hours: int) -> None:
    there = counter(("zone: Asia/Jakarta", f"zone: {zone}"))
    for day in (date(2026, 1, 5), date(2026, 7, 6)):
        first = slots_on(there, day)[0]
        begins = datetime.fromtimestamp(first.starts_ms / 1000, UTC)
        assert begins == datetime(day.year, day.month, day.day, 8, tzinfo=UTC) - timedelta(hours=hours)
        assert local_day(there.place, first.starts_ms) == day


def test_a_closure_of_some_hours_takes_the_times_that_it_touches() -> None:
    closure = "DTSTART:20261123T021500Z\r\nDTEND:20261123T030000Z"
    office = edited(closures=closure)
    assert times(office.counters["timur.foto"], "2026-11-23") == (
        *("08:00", "08:30", "10:00", "10:30", "11:00", "11:30"),
        *AFTERNOON,
    )


def test_each_time_has_seats_of_kinds_and_capacity_may_differ_by_the_hour() -> None:
    usual = slots_on(counter(), date(2026, 11, 23))[0]
    assert usual.kinds == ("", "", "elderly", "walk_in")
    differs = counter(("capacity: 4", 'capacity: {"08:00-12:00": 4, "13:00-15:00": 2}'))
    assert [len(slot.kinds) for slot in slots_on(differs, date(2026, 11, 23))] == [4] * 8 + [2] * 4


@given(st.integers(5, 240), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_times_never_overlap_and_lie_within_the_hours(minutes: int, day: date) -> None:
    of = counter(("every: 30 minutes", f"every: {minutes} minutes"))
    slots = slots_on(of, day)
    for slot, following in pairwise(slots):
        assert slot.ends_ms <= following.starts_ms
    for slot in slots:
        begins, ends = local_time(of.place, slot.starts_ms), local_time(of.place, slot.ends_ms)
        assert (begins >= "08:00" and ends <= "12:00") or (begins >= "13:00" and ends <= "15:00")


def test_a_grid_remembers_days_and_says_when_their_seats_differ() -> None:
    grid, day = Grid(), date(2026, 11, 23)
    assert grid.slots(counter(), day) is grid.slots(counter(), day)
    assert grid.size(counter(), day) != Grid().size(counter(("capacity: 4", "capacity: 5")), day)
