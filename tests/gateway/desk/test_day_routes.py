"""The day over HTTP: who comes, who has come, and what is refused."""

import os
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from amanat.core import base64url
from amanat.db.tx import Tx
from amanat.gateway.appointments import tickets
from amanat.gateway.appointments.wishes import Visit, Wish
from amanat.gateway.desk import trail
from amanat.gateway.desk.reading import MAX_POSITION
from tests.gateway.desk.office import BUDI, Browser, DeskOffice, Served

TODAY = "2026-11-24"
DAY = f"days/timur/{TODAY}"


async def _booked(office: DeskOffice, name: str = "Ani", day: str = TODAY, *, chat: str = "") -> Visit:
    """Book an appointment as a chat would, the day before."""
    appointments = office.shelf.appointments
    assert appointments is not None
    wish = Wish(
        request=f"{name} {day}",
        service="passport_visit",
        person=appointments.keys.person(name),
        seed=os.urandom(16),
        day=date.fromisoformat(day),
        chat=chat,
        details={"name": name, "purpose": "new"},
    )
    unit = appointments.booking.book(wish, now_ms=office.clock.now_ms())

    def run(tx: Tx) -> Visit:
        answer = unit.run(tx)
        assert answer is not None
        assert answer.visit is not None, answer
        return answer.visit

    return await office.store.write(run, needs=unit.needs)


async def _desk(desk: Served, office: DeskOffice) -> Browser:
    return desk.browser(BUDI, role="agent", office=office)


async def _line(browser: Browser, number: str) -> dict[str, Any]:
    lines = (await browser.get(DAY)).json()["lines"]
    return next(line for line in lines if line["number"] == number)


async def test_somebody_is_checked_in_by_their_number_and_served(desk: Served, desk_office: DeskOffice) -> None:
    visit, browser = await _booked(desk_office), await _desk(desk, desk_office)
    line = await _line(browser, visit.number)
    assert (line["time"], line["ends"], line["state"], line["can"]) == ("08:00", "08:30", "booked", [])
    assert (line["details"], line["priority"], line["arrived"]) == ({"name": "Ani", "purpose": "new"}, None, None)
    early = await browser.post("check_in", {"number": visit.number})
    assert (early.status_code, early.json()["code"], early.json()["date"]) == (409, "OTHER_DAY", TODAY)
    assert early.json()["place"] == "Kantor Contoh Timur"
    desk_office.clock.set(f"{TODAY} 07:45")
    assert (await _line(browser, visit.number))["can"] == ["check_in"]
    waits = await browser.post(f"appointments/{visit.number}/serve")
    assert (waits.status_code, waits.json()["code"]) == (409, "ALREADY")
    came = await browser.post("check_in", {"number": visit.number.lower().replace("-", " ")})
    assert (came.status_code, came.json()["late"], came.json()["line"]["state"]) == (200, False, "arrived")
    again = await browser.post("check_in", {"number": visit.number})
    assert (again.status_code, again.json()["code"]) == (409, "ALREADY")
    assert again.json()["line"]["number"] == visit.number
    called = await browser.post(f"appointments/{visit.number}/serve")
    assert called.json()["line"]["state"] == "called"
    day = (await browser.get(DAY)).json()
    assert (day["open"], day["counts"]) == (True, {"called": 1})
    assert [(each["number"], each["counter_name"]) for each in day["now_serving"]] == [(visit.number, "foto")]
    acts = await trail.before(desk_office.store, MAX_POSITION)
    assert [(act.what, act.about) for act in reversed(acts)] == [
        ("checked_in", visit.number),
        ("served", visit.number),
    ]


async def test_a_ticket_is_checked_by_its_signature(desk: Served, desk_office: DeskOffice) -> None:
    visit, browser = await _booked(desk_office), await _desk(desk, desk_office)
    assert desk_office.shelf.appointments is not None
    ticket = desk_office.shelf.appointments.desk.ticket(visit)
    desk_office.clock.set(f"{TODAY} 09:00")
    for forged in (f"{ticket[:-4]}AAAA", "AT1.x.y", "https://evil.example"):
        refused = await browser.post("check_in", {"ticket": forged})
        assert (refused.status_code, refused.json()["code"]) == (400, "FORGED")
    came = await browser.post("check_in", {"ticket": ticket})
    assert (came.status_code, came.json()["late"]) == (200, True)


async def test_who_was_noted_without_a_connection_came_when_they_came(desk: Served, desk_office: DeskOffice) -> None:
    visit, browser = await _booked(desk_office), await _desk(desk, desk_office)
    desk_office.clock.set(f"{TODAY} 07:50")
    came_ts = desk_office.clock.now_ms()
    desk_office.clock.set(f"{TODAY} 11:00")
    for wrong in (came_ts - 12 * 3_600_000, desk_office.clock.now_ms() + 600_000):
        refused = await browser.post("check_in", {"number": visit.number, "came_ts": wrong})
        assert (refused.status_code, refused.json()["code"]) == (400, "WRONG_VALUE")
    came = await browser.post("check_in", {"number": visit.number, "came_ts": came_ts})
    assert (came.status_code, came.json()["late"], came.json()["line"]["arrived"]) == (200, False, came_ts)
    (act,) = await trail.before(desk_office.store, MAX_POSITION)
    assert (act.what, act.about) == ("checked_in_afterwards", visit.number)


async def test_a_day_brings_the_key_that_tickets_are_checked_by(desk: Served, desk_office: DeskOffice) -> None:
    visit, browser = await _booked(desk_office), await _desk(desk, desk_office)
    assert desk_office.shelf.appointments is not None
    ticket = desk_office.shelf.appointments.desk.ticket(visit)
    key = Ed25519PublicKey.from_public_bytes(base64url.decode((await browser.get(DAY)).json()["ticket_key"]))
    read = tickets.verify(ticket, key)
    assert read is not None
    assert read.n == visit.number


async def test_whoever_comes_without_an_appointment_gets_a_number_once(desk: Served, desk_office: DeskOffice) -> None:
    browser = await _desk(desk, desk_office)
    desk_office.clock.set(f"{TODAY} 09:00")
    wanted = {"place": "timur", "service": "passport_visit", "name": "Wati", "txn_id": "1"}
    first = (await browser.post("walk_ins", wanted)).json()["line"]
    assert (await browser.post("walk_ins", wanted)).json()["line"] == first
    assert (first["state"], first["channel"], first["details"]) == ("arrived", "walk_in", {"name": "Wati"})
    other = (await browser.post("walk_ins", wanted | {"txn_id": "2"})).json()["line"]
    assert other["number"] != first["number"]
    for wrong in ({"place": "barat"}, {"service": "other"}):
        refused = await browser.post("walk_ins", wanted | wrong | {"txn_id": "3"})
        assert (refused.status_code, refused.json()["code"]) == (404, "NO_SUCH")
    desk_office.clock.set("2026-11-24 20:00")
    refused = await browser.post("walk_ins", wanted | {"txn_id": "4"})
    assert (refused.status_code, refused.json()["code"]) == (409, "NO_SEAT")


async def test_a_day_is_taken_along_as_a_table_in_which_nothing_is_a_formula(
    desk: Served, desk_office: DeskOffice
) -> None:
    browser = await _desk(desk, desk_office)
    await _booked(desk_office, "=1+1")
    table = await browser.get(f"{DAY}.csv", language="en")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.headers["content-disposition"] == f"attachment; filename*=UTF-8''timur-{TODAY}.csv"
    assert table.headers["cache-control"] == "no-store"
    head, line, _ = table.content.decode("utf-8-sig").split("\r\n")
    assert head.startswith("time,number,service")
    assert {"Name", "Purpose"} < {*head.split(",")}, "as the folder calls them"
    assert "'=1+1" in line
    (act,) = await trail.before(desk_office.store, MAX_POSITION)
    assert (act.what, act.about) == ("day_exported", f"timur {TODAY}")


async def test_what_is_asked_wrongly_is_refused(desk: Served, desk_office: DeskOffice) -> None:
    browser = await _desk(desk, desk_office)
    for path, status in (
        (f"days/barat/{TODAY}", 404),
        ("days/timur/heute", 400),
        ("days/timur/2026-13-01", 400),
        ("days/timur/heute.csv", 400),
    ):
        assert (await browser.get(path)).status_code == status, path
    for body in ({}, {"ticket": "a", "number": "b"}, {"number": 7}, {"number": "x" * 41}):
        assert (await browser.post("check_in", body)).status_code == 400, body
    for path in ("check_in", "appointments/KTC-2222-2222/serve", "appointments/nothing/excuse"):
        refused = await browser.post(path, {"number": "KTC-2222-2222"})
        assert (refused.status_code, refused.json()["code"]) == (404, "NO_SUCH"), path
    assert (await browser.get("days/timur/2026-11-29")).json()["open"] is False


async def test_where_nothing_can_be_booked_there_is_no_day(desk: Served, desk_office: DeskOffice) -> None:
    browser = await _desk(desk, desk_office)
    desk_office.shelf.appointments = None
    assert (await browser.get(DAY)).json()["code"] == "NO_SUCH"
    assert (await browser.get("/desk/v1/me")).json()["services"][0]["has_appointments"] is False
