"""Nonsense is refused: each row is a slip that an office could make."""

import pytest

from amanat.gateway.office_files.problems import FilesRefused
from tests.gateway.appointments.sample import edited

RULES = "hold: 10 minutes"


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (("capacity: 4", "capacity: 0"), "needs 'capacity': how many people each time is for"),
        (("capacity: 4, ", ""), "needs 'capacity'"),
        (("capacity: 4", "capacity: 1000"), "needs 'capacity'"),
        (("capacity: 4", "capacity: 1"), "keeps 2 seats and has 1: nobody else could ever come."),
        (("capacity: 4", 'capacity: {"08:00-12:00": 4}'), "has opening hours for which 'capacity' says nothing."),
        (("capacity: 4", 'capacity: {"08:00-12:00": 4, "11:00-15:00": 4}'), "has hours with two capacities."),
        (("priority: {elderly: 1}", "priority: {walk_in: 1}"), "write 'walk_in: 2' beside 'capacity'"),
        (("every: 30 minutes, ", ""), "needs 'every'"),
        (("every: 30 minutes", "every: 30 seconds"), "needs 'every'"),
        (("every: 30 minutes", "every: 5 hours"), "has no whole time within the opening hours of 'timur'."),
        (("every: 30 minutes", "every: 1 minute"), "has 360 times a day, 200 at most."),
        (("08:00-12:00, 13:00-15:00", "08:00-13:30, 13:00-15:00"), "The opening hours of mon overlap."),
        (("to: 14 days", "to: 90 days"), "needs 'to' from 1 day to 60 days ahead."),
        (("{from: 1 hour, to: 14 days}", "{from: 15 days, to: 14 days}"), "nobody could ever book."),
        ((RULES, "hold: 2 days"), "keeps a seat for somebody longer than a day"),
        (("{from: 1 hour, to: 14 days}", "{from: 23 hours, to: 1 day}"), "or than it can be booked ahead."),
        ((RULES, "waiting: {offer: 25 hours}"), "keeps a seat for somebody longer than a day"),
        ((RULES, "waiting: {people: 51}"), "has 50 people waiting for a day at most."),
        ((RULES, "remind: [14 days]"), "reminds of a visit before it can be booked."),
        ((RULES, "limit: {person: 0}"), "lets nobody book"),
        (
            ("asks: [name]", "asks: [name, nik]\n    identity: nik"),
            "would keep 'nik': an identity is kept as a hash",
        ),
        (("after: 15 minutes", "after: 2 days"), "waits longer than a day for somebody who is late."),
    ],
)
def test_nonsense_is_told(edit: tuple[str, str], sentence: str) -> None:
    with pytest.raises(FilesRefused) as refused:
        edited(edit)
    assert sentence in str(refused.value)


def test_a_service_in_two_time_zones_is_two_services() -> None:
    there = (
        "services:",
        "  ambon:\n    title: {id: Ambon}\n    zone: Asia/Jayapura\n    open: {mon: 08:00-10:00}\n"
        "    counters: {foto: {every: 1 hour, capacity: 1}}\nservices:",
    )
    with pytest.raises(FilesRefused) as refused:
        edited(there, ("at: timur.foto", "at: [timur.foto, ambon.foto]"))
    assert "has places in two time zones: make a service for each." in str(refused.value)


def test_two_services_have_numbers_of_their_own() -> None:
    other = ("  passport:", "  visa:\n    title: {id: Visa}\n    code: PSP\n    at: timur.foto\n  passport:")
    with pytest.raises(FilesRefused) as refused:
        edited(other)
    assert "have the same 'code': numbers would look alike." in str(refused.value)
