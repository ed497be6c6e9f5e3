"""What the staff do with a visit on its day, and take back."""

import pytest

from amanat.gateway.desk import trail
from amanat.gateway.desk.errors import NoSuch
from amanat.gateway.desk.joints import Shown
from amanat.gateway.desk.reading import MAX_POSITION
from tests.gateway.desk.conftest import desk, desk_office
from tests.gateway.desk.office import ANI, BUDI, ROOM, DeskOffice, Served
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
    with pytest.raises(NoSuch):
        await days.excuse(BUDI, visit.number)
    assert (await days.check_in(BUDI, Shown(number=visit.number), came_ms=None))["late"] is True


async def test_what_was_done_by_mistake_is_taken_back_and_the_trail_says_by_whom(
    desk: Served, desk_office: DeskOffice
) -> None:
    await desk_office.says("halo", person=ANI)
    visit = await _booked(desk_office, chat=ROOM)
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    path = f"appointments/{visit.number}"
    desk_office.clock.set(f"{TODAY} 07:45")
    for act in ("no_show", "undo"):
        refused = await browser.post(f"{path}/{act}")
        assert (refused.status_code, refused.json()["code"]) == (409, "NOT_NOW")
    desk_office.clock.set(f"{TODAY} 08:05")
    seen = []
    for act in ("no_show", "undo", "check_in", "serve", "undo", "undo"):
        path_of = "check_in" if act == "check_in" else f"{path}/{act}"
        line = (await browser.post(path_of, {"number": visit.number} if act == "check_in" else {})).json()["line"]
        seen.append((line["state"], line["can"]))
    waits, here = ["check_in", "no_show"], ["serve", "undo"]
    assert seen == [
        ("missed", ["check_in", "excuse", "undo"]),
        ("booked", waits),
        ("arrived", here),
        ("called", ["undo"]),
        ("arrived", here),
        ("booked", waits),
    ]
    acts = [(row.who, row.what) for row in await trail.before(desk_office.store, MAX_POSITION)]
    assert acts == [
        (BUDI, what)
        for what in (
            "undid_check_in",
            "undid_call",
            "served",
            "checked_in",
            "undid_no_show",
            "marked_missed",
        )
    ]
    said = [text.partition(": ")[2] or text for text in desk_office.told[-6:]]
    assert said[0].startswith("Kami tidak melihatmu")
    assert said[1] == "maaf, itu keliru. Janji temumu masih berlaku."
    assert said[-2] == "maaf, belum giliranmu. Kamu tetap di antrean."
    assert said[-1] == "catatan kedatanganmu ditarik kembali oleh petugas."
