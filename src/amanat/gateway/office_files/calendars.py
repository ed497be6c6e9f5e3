"""Opening hours, holidays and closures: whether an office is open at a moment, and on which hours of a day."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

from icalendar import Calendar as ICalendar
from msgspec import Struct

from amanat.gateway.office_files.national_holidays import holiday_on
from amanat.gateway.office_files.problems import Findings
from amanat.gateway.office_files.sections import Section

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY: Final = timedelta(days=1)
_HOURS: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d) ?[-\u2013] ?([01]?\d|2[0-3])[:.]([0-5]\d)")

HOLIDAYS: Final = "holidays"
"""Stands for the national holidays among the files of closures."""

Span = tuple[time, time]
Hours = dict[int, tuple[Span, ...]]


class Closure(Struct, frozen=True, kw_only=True):
    """A time at which an office is closed, from `begins` up to but without `ends`, in its zone."""

    begins: datetime
    ends: datetime
    reason: str


class Calendar(Struct, frozen=True, kw_only=True):
    """Opening hours by weekday (Monday is 0), closures, and whether national holidays close it too."""

    hours: Hours
    closures: tuple[Closure, ...] = ()
    keeps_holidays: bool = False


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether it is within opening hours and no closure; `at` is in the office's zone."""
    if any(closure.begins <= at < closure.ends for closure in calendar.closures):
        return False
    clock = at.time()
    return any(begins <= clock < ends for begins, ends in hours_on(calendar, at.date()))


def hours_on(calendar: Calendar, day: date) -> tuple[Span, ...]:
    """Return the opening hours of a day; closures of a part of it are not taken out."""
    if calendar.keeps_holidays and holiday_on(day):
        return ()
    return calendar.hours.get(day.weekday(), ())


def read_calendar(section: Section, *, files: Mapping[str, str], zone: ZoneInfo) -> Calendar:
    """Read `open` and `closed` of a block; `files` are the contents of the folder's files by their path."""
    hours = section.section("open")
    if hours is None:
        section.say(f"{section.what} needs 'open', with lines such as 'mon-fri: 08:00-15:00'.")
    closures: list[Closure] = []
    closed = section.texts("closed")
    for name in closed:
        if name in files and name.endswith(".ics"):
            closures += read_closures(name, files[name], zone=zone, findings=section.findings)
        elif name != HOLIDAYS:
            sentence = f"There is no .ics file '{name}' in this folder. 'holidays' stands for the national ones."
            section.say(sentence, line=section.line_of("closed"))
    keeps_holidays = HOLIDAYS in closed
    if keeps_holidays:
        holiday_on(date.min)  # loads the library now, and not while somebody waits for an answer
    return Calendar(hours=read_hours(hours) if hours else {}, closures=tuple(closures), keeps_holidays=keeps_holidays)


def read_hours(section: Section) -> Hours:
    """Read lines such as `mon-thu: 08:00-12:00, 13:00-15:00`."""
    hours: Hours = {}
    for days in section.keys:
        line = section.line_of(days)
        first, _, last = days.casefold().replace(" ", "").partition("-")
        spans = tuple(read_span(section, text, line=line) for text in section.text(days).split(","))
        if first not in DAYS or (last or first) not in DAYS or DAYS.index(last or first) < DAYS.index(first):
            section.say(f"'{days}' is no day: write mon, or mon-thu. Known are {', '.join(DAYS)}.", line=line)
            continue
        for day in range(DAYS.index(first), DAYS.index(last or first) + 1):
            if day in hours:
                section.say(f"{DAYS[day]} has opening hours twice.", line=line)
            hours[day] = tuple(sorted(span for span in spans if span))
            if any(ends > begins for (_, ends), (begins, _) in pairwise(hours[day])):
                section.say(f"The opening hours of {DAYS[day]} overlap.", line=line)
    return hours


def read_span(section: Section, text: str, *, line: int) -> Span | None:
    """Read hours such as 08:00-15:00."""
    match = _HOURS.fullmatch(text.strip())
    if match is None:
        section.say(f"'{text.strip()}' are no opening hours: write 08:00-15:00.", line=line)
        return None
    begins, ends = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    if begins >= ends:
        section.say(f"'{text.strip()}' ends before it begins.", line=line)
        return None
    return begins, ends


def read_closures(file: str, content: str, *, zone: ZoneInfo, findings: Findings) -> tuple[Closure, ...]:
    """Read the events of an iCalendar file as closures."""
    try:
        events = ICalendar.from_ical(content).walk("VEVENT")
    except (ValueError, IndexError, KeyError):
        findings.add(file, 1, sentence="This is not a calendar file: export it from your calendar as .ics.")
        return ()
    closures = []
    lines = [number for number, line in enumerate(content.splitlines(), 1) if line.strip().upper() == "BEGIN:VEVENT"]
    for line, event in zip(lines, events, strict=False):
        if event.get("RRULE") is not None:
            findings.add(file, line, sentence="This closure repeats itself by a rule: enter every day of it.")
        elif (closure := _closure(event, zone)) is None:
            findings.add(file, line, sentence="This closure has no day, or ends before it begins.")
        else:
            closures.append(closure)
    return tuple(closures)


def _closure(event: Any, zone: ZoneInfo) -> Closure | None:
    begins, ends = _day_of(event, "DTSTART"), _day_of(event, "DTEND")
    if begins is None:
        return None
    if ends is None:
        ends = begins if isinstance(begins, datetime) else begins + _DAY
    first, last = _moment(begins, zone), _moment(ends, zone)
    return Closure(begins=first, ends=last, reason=str(event.get("SUMMARY", ""))) if first < last else None


def _day_of(event: Any, name: str) -> date | None:
    try:
        day = event[name].dt
    except (KeyError, AttributeError, ValueError):
        return None
    return day if isinstance(day, date) else None


def _moment(day: date, zone: ZoneInfo) -> datetime:
    if not isinstance(day, datetime):
        return datetime(day.year, day.month, day.day, tzinfo=zone)
    return day.replace(tzinfo=zone) if day.tzinfo is None else day.astimezone(zone)
