"""Looking for a seat: which days, and what is not looked at twice."""

from datetime import date

from msgspec.structs import replace

from amanat.gateway.appointments.search import Search
from amanat.gateway.appointments.slots import Grid
from tests.gateway.appointments.sample import FULL_DAYS, NOW_MS, Office

TWO_PLACES = (
    (
        "services:",
        "  barat:\n    title: {id: Barat}\n    open: {mon: 08:00-10:00}\n"
        "    counters: {foto: {every: 1 hour, capacity: 1}}\nservices:",
    ),
    ("at: timur.foto", "at: [timur.foto, barat.foto]"),
)


def days(search: Search) -> list[tuple[str, str]]:
    return [(counter.id, day.isoformat()) for counter, day in search.instead]


def test_the_wanted_day_and_those_after_it_are_offered_before_those_ahead_of_it(office: Office) -> None:
    wish = office.wish("ani", "2026-12-04")
    search = Search(office.agenda, Grid(), wish=wish, now_ms=NOW_MS)
    # 2026-12-05 and -06 are a weekend, -07 is the last day that can be booked.
    assert [day for _, day in days(search)] == ["2026-12-04", "2026-12-07", "2026-11-23", "2026-11-24", "2026-11-25"]
    assert [counter.id for counter, _ in search.wanted] == ["timur.foto"]


def test_without_a_day_the_first_open_ones_are_looked_at(office: Office) -> None:
    search = Search(office.agenda, Grid(), wish=office.wish("ani"), now_ms=NOW_MS)
    assert [day.isoformat() for _, day in search.wanted][:2] == ["2026-11-23", "2026-11-24"]
    assert search.instead == []


async def test_of_two_places_the_one_that_is_named_is_meant_or_else_the_first_with_a_seat(office: Office) -> None:
    office = office.under(*TWO_PLACES)
    assert (await office.book("ani", "2026-11-30", place="barat")).values["place"] == "Barat"
    assert (await office.book("budi", "2026-11-30")).values["place"] == "Kantor Contoh Timur"
    wish = replace(office.wish("citra", "2026-11-30"), place="barat")
    search = Search(office.agenda, Grid(), wish=wish, now_ms=NOW_MS)
    assert search.wanted[0][1] == date(2026, 11, 30)
    assert {counter for counter, _ in days(search)} == {"barat.foto"}


async def test_a_day_that_is_closed_is_not_noted_as_full(office: Office) -> None:
    await office.book("ani", "2026-11-28")
    assert await office.all(FULL_DAYS) == []
    await office.under(("capacity: 4, walk_in: 1, priority: {elderly: 1}", "capacity: 1")).book("ani", "2026-11-24")
    assert await office.all(FULL_DAYS) == []
