"""What a line of the day says can be done is what can be done: nothing else, on no other day."""

from amanat.gateway.desk.joints import Shown
from tests.gateway.desk.conftest import desk_office
from tests.gateway.desk.office import BUDI, DeskOffice
from tests.gateway.desk.test_day_routes import TODAY, _booked

__all__ = ["desk_office"]


async def test_what_can_be_done_follows_the_clock(desk_office: DeskOffice) -> None:
    visit = await _booked(desk_office)
    days = desk_office.office.days()
    assert days is not None
    seen = []
    for moment in (f"{TODAY} 07:45", f"{TODAY} 08:00", "2026-11-25 08:00"):
        desk_office.clock.set(moment)
        (line,) = (await days.day("timur", TODAY))["lines"]
        seen.append(line["can"])
    assert seen == [["check_in"], ["check_in", "no_show"], []]
    desk_office.clock.set(f"{TODAY} 08:00")
    assert (await days.check_in(BUDI, Shown(number=visit.number), came_ms=None))["line"]["can"] == ["serve", "undo"]
