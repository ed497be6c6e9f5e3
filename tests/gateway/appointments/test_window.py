"""From when on a day can be booked."""

from datetime import date

import pytest

from amanat.gateway.appointments import window
from tests.gateway.appointments.sample import at, edited

RELEASED = edited(("hold: 10 minutes", 'hold: 10 minutes\n    release: "07:30"'))
PLACE = RELEASED.places["timur"]
DAY = date(2026, 12, 7)


@pytest.mark.parametrize(
    ("now", "standing"),
    [
        ("2026-11-23 07:29:59", "not_yet"),
        ("2026-11-23 07:30:00", "by_lot"),
        ("2026-11-23 07:30:59", "by_lot"),
        ("2026-11-23 07:31:00", "open"),
    ],
)
def test_a_day_is_released_at_its_time_and_its_first_minute_is_drawn(now: str, standing: str) -> None:
    assert window.standing(RELEASED.services["passport"], PLACE, day=DAY, now_ms=at(now)) == standing


def test_without_a_time_a_day_is_released_at_midnight_and_nothing_is_drawn() -> None:
    service = edited().services["passport"]
    assert window.standing(service, PLACE, day=DAY, now_ms=at("2026-11-22 23:59:59")) == "not_yet"
    assert window.standing(service, PLACE, day=DAY, now_ms=at("2026-11-23 00:00")) == "open"


@pytest.mark.parametrize(
    ("now", "first", "last"),
    [
        ("2026-11-23 07:00", "2026-11-23", "2026-12-06"),
        ("2026-11-23 07:30:30", "2026-11-23", "2026-12-06"),
        ("2026-11-23 07:31", "2026-11-23", "2026-12-07"),
        ("2026-11-23 23:30", "2026-11-24", "2026-12-07"),
    ],
)
def test_the_days_ahead_are_those_that_are_released(now: str, first: str, last: str) -> None:
    days = list(window.days_ahead(RELEASED.services["passport"], PLACE, now_ms=at(now)))
    assert (days[0].isoformat(), days[-1].isoformat()) == (first, last)
    assert len(days) == (days[-1] - days[0]).days + 1


def test_the_seats_of_groups_are_everybodys_a_day_before() -> None:
    service = RELEASED.services["passport"]
    assert not window.is_released(service, PLACE, day=DAY, now_ms=at("2026-12-05 23:59:59"))
    assert window.is_released(service, PLACE, day=DAY, now_ms=at("2026-12-06 00:00"))
