"""A missed visit is excused from the list of its day."""

import pytest

from amanat.gateway.desk.errors import NoSuch
from tests.gateway.desk.conftest import desk, desk_office
from tests.gateway.desk.office import BUDI, DeskOffice, Served
from tests.gateway.desk.test_day_routes import TODAY, _booked

__all__ = ["desk", "desk_office"]


async def test_who_missed_it_is_excused_or_comes_late(desk: Served, desk_office: DeskOffice) -> None:
    visit = await _booked(desk_office)
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    days = desk_office.office.days()
    assert days is not None
    with pytest.raises(NoSuch):
        await days.excuse(BUDI, visit.number)
    desk_office.clock.set(f"{TODAY} 09:00")
    appointments = desk_office.shelf.appointments
    assert appointments is not None
    for _ in range(3):
        for unit in await appointments.clock.due(desk_office.store, now_ms=desk_office.clock.now_ms()):
            await desk_office.store.write(unit.run, needs=unit.needs)
    day = await days.day("timur", TODAY)
    (line,) = day["lines"]
    assert (line["state"], line["can"]) == ("missed", ["check_in", "excuse"])
    assert (await browser.post(f"appointments/{visit.number}/excuse")).json()["line"]["number"] == visit.number
    assert (await days.check_in(BUDI, ticket="", number=visit.number))["late"] is True
