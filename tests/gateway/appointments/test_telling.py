"""What people are told, in their language."""

from amanat.gateway.appointments.telling import of_moment, of_other, title, values_of
from amanat.gateway.appointments.wishes import Answer, Visit
from tests.gateway.appointments.sample import at, edited

AGENDA = edited()
PLACE = AGENDA.places["timur"]


def test_a_visit_is_told_in_local_time_with_when_to_come() -> None:
    visit = Visit(number="n", service="passport", counter="timur.foto", starts_ms=at("2026-11-24 08:00"), ends_ms=0)
    told = values_of(visit, AGENDA, language="en")
    assert told == {
        "number": "n",
        "date": "2026-11-24",
        "time": "08:00",
        "arrive": "07:30",
        "place": "Sample Office East",
    }


def test_a_language_without_a_title_has_the_first() -> None:
    assert title(PLACE, "ms") == "Kantor Contoh Timur"


def test_nothing_free_is_told_without_a_date() -> None:
    assert of_other("full", None) == Answer(outcome="full")
    assert of_moment("blocked", PLACE, at_ms=at("2026-12-02 08:15")).values == {
        "next_date": "2026-12-02",
        "next_time": "08:15",
    }
