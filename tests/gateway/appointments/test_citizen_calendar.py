"""The calendar file of a visit, as calendars read it."""

from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar
from msgspec.structs import replace

from amanat.gateway.appointments.citizen_calendar import calendar_file, entry_of
from amanat.gateway.appointments.wishes import Visit
from tests.gateway.appointments.sample import NOW_MS, at, edited

VISIT = Visit(
    number="PSP-7K4M-92XC",
    service="passport",
    counter="timur.foto",
    starts_ms=at("2026-11-24 08:00"),
    ends_ms=at("2026-11-24 08:30"),
)


def event(visit: Visit = VISIT, *, cancelled: bool = False, after_s: int = 0) -> Any:
    """Return the one event of a file."""
    now_ms = NOW_MS + after_s * 1000
    entry = entry_of(visit, edited(), language="en", now_ms=now_ms, cancelled=cancelled)
    (found,) = Calendar.from_ical(calendar_file(entry)).walk("VEVENT")
    return found


def test_a_visit_is_an_event_with_a_reminder_for_each_of_the_services() -> None:
    found = event()
    assert str(found["SUMMARY"]) == "Passport · PSP-7K4M-92XC"
    assert str(found["LOCATION"]) == "Sample Office East"
    assert found["DTSTART"].dt == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    assert str(found["DESCRIPTION"]) == "Please come at 07:30."
    assert len(found.walk("VALARM")) == 2


def test_a_later_file_of_the_same_visit_replaces_those_before_it() -> None:
    first, moved = event(), event(replace(VISIT, moves=1), after_s=60)
    gone = event(replace(VISIT, moves=1), cancelled=True, after_s=120)
    # The office closed the day, and the person took what they were offered instead: no move of theirs.
    again = event(replace(VISIT, moves=1), after_s=180)
    assert first["UID"] == moved["UID"] == gone["UID"] == again["UID"]
    assert 0 < first["SEQUENCE"] < moved["SEQUENCE"] < gone["SEQUENCE"] < again["SEQUENCE"] < 2**31
    assert str(gone["STATUS"]) == "CANCELLED"
