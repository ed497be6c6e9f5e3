"""Opening hours and closures."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from amanat.gateway.flows.loading import load
from amanat.gateway.office_files.calendars import Calendar, hours_on, is_open, read_closures
from amanat.gateway.office_files.problems import FilesRefused, Findings
from tests.gateway.flows.sample import CLOSURES, FLOW_READ, changed

ZONE = ZoneInfo("Asia/Jakarta")
DATED = "DTSTART;VALUE=DATE:20261124"


def closures(content: str) -> Calendar:
    findings = Findings()
    found = read_closures("closures.ics", content, zone=ZONE, findings=findings)
    findings.refuse()
    return Calendar(hours=FLOW_READ.calendars["office"].hours, closures=found)


@pytest.mark.parametrize(
    ("at", "opened"),
    [
        ("2026-11-23 07:59", False),
        ("2026-11-23 08:00", True),
        ("2026-11-23 14:59", True),
        ("2026-11-23 15:00", False),
        ("2026-11-24 09:00", False),
        ("2026-11-25 09:00", True),
        ("2026-11-28 09:00", False),
    ],
)
def test_an_office_is_open_in_its_hours_and_not_in_a_closure(at: str, opened: bool) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=ZONE)
    assert is_open(FLOW_READ.calendars["office"], moment) is opened


def test_a_closure_may_be_of_hours_in_any_zone() -> None:
    calendar = closures(CLOSURES.replace(DATED, "DTSTART:20261123T020000Z\r\nDTEND:20261123T040000Z"))
    assert not is_open(calendar, datetime(2026, 11, 23, 9, 30, tzinfo=ZONE))
    assert is_open(calendar, datetime(2026, 11, 23, 11, 0, tzinfo=ZONE))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("Tutup besok", "closures.ics:1: This is not a calendar file: export it from your calendar as .ics."),
        ("", "closures.ics:1: This is not a calendar file: export it from your calendar as .ics."),
        (
            CLOSURES.replace(DATED, f"{DATED}\r\nRRULE:FREQ=YEARLY"),
            "closures.ics:4: This closure repeats itself by a rule: enter every day of it.",
        ),
        (
            CLOSURES.replace(DATED, f"{DATED}\r\nDTEND;VALUE=DATE:20261120"),
            "closures.ics:4: This closure has no day, or ends before it begins.",
        ),
        (CLOSURES.replace(DATED, "DTSTART:soon"), "closures.ics:4: This closure has no day, or ends before it begins."),
        (CLOSURES.replace(DATED + "\r\n", ""), "closures.ics:4: This closure has no day, or ends before it begins."),
    ],
)
def test_a_closure_that_says_no_time_is_told_with_its_line(content: str, sentence: str) -> None:
    with pytest.raises(FilesRefused) as refused:
        closures(content)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        ("{monday: 08:00-15:00}", "'monday' is no day: write mon, or mon-thu."),
        ("{fri-mon: 08:00-15:00}", "'fri-mon' is no day"),
        ("{mon: 8-15}", "'8-15' are no opening hours: write 08:00-15:00."),
        ("{mon: 15:00-08:00}", "'15:00-08:00' ends before it begins."),
        ("{mon-tue: 08:00-15:00, tue: 09:00-10:00}", "tue has opening hours twice."),
        ('{mon: "08:00-12:00, 11:30-15:00"}', "The opening hours of mon overlap."),
    ],
)
def test_hours_that_nobody_could_keep_are_told(hours: str, sentence: str) -> None:
    with pytest.raises(FilesRefused) as refused:
        load(changed("flow.yaml", '{mon-fri: "08:00-15:00"}', hours))
    assert sentence.casefold() in str(refused.value).casefold()


def test_a_closure_that_is_in_no_file_is_told() -> None:
    with pytest.raises(FilesRefused) as refused:
        load(changed("flow.yaml", "closed: closures.ics", "closed: [closures.ics, holiday]"))
    assert "There is no .ics file 'holiday' in this folder. 'holidays' stands" in str(refused.value)


def test_national_holidays_close_an_office_that_says_so() -> None:
    calendar = load(changed("flow.yaml", "closed: closures.ics", "closed: [holidays, closures.ics]")).calendars[
        "office"
    ]
    assert hours_on(calendar, date(2026, 12, 23))
    assert not hours_on(calendar, date(2026, 12, 24)), "collective leave"
    assert not hours_on(calendar, date(2026, 12, 27)), "a Sunday"
    assert hours_on(FLOW_READ.calendars["office"], date(2026, 12, 24))
