"""A page asks who it is for, what there is, and what has changed."""

import asyncio

from tests.gateway.desk.office import BUDI, ROOM, DeskOffice, Served


async def test_one_sees_the_services_in_which_one_has_a_role(desk: Served, desk_office: DeskOffice) -> None:
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    me = (await browser.get("/desk/v1/me")).json()
    assert me["services"] == [
        {
            "id": "office",
            "user_id": "@office:localhost",
            "name": "Layanan Paspor (contoh)",
            "role": "agent",
            "api": "",
            "languages": ["id", "en"],
            "desks": ["front_desk"],
            "places": [{"id": "timur", "name": "Kantor Contoh Timur", "zone": "Asia/Jakarta"}],
            "has_appointments": True,
        }
    ]


async def test_a_chat_that_comes_is_told_of_at_once(desk: Served, desk_office: DeskOffice) -> None:
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    first = (await browser.get("changes", since=0)).json()
    assert first["changed"] == ["inbox", "tickets", "day", "flow", "staff", "bot"]
    waiting = asyncio.create_task(browser.get("changes", since=first["next"]))
    await asyncio.sleep(0.05)
    await desk_office.hands_over()
    news = (await waiting).json()
    assert set(news["changed"]) == {"inbox", f"chat:{ROOM}"}
    assert (await browser.get("changes", since="x")).json()["code"] == "INVALID_PARAM"


async def test_colleagues_are_those_who_answer(desk: Served, desk_office: DeskOffice) -> None:
    staff = desk_office.office.staff
    staff.put("@citra:localhost", "editor")
    staff.put("@sari:localhost", "lead")
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    listed = (await browser.get("colleagues")).json()["colleagues"]
    assert [each["name"] for each in listed] == ["sari", "budi"]


async def test_quick_replies_come_in_each_language(desk: Served, desk_office: DeskOffice) -> None:
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    replies = (await browser.get("quick_replies")).json()["replies"]
    assert replies[0]["title"] == {"id": "Salam", "en": "Greeting"}
    assert replies[0]["text"]["en"].startswith("Welcome to the Passport Service")
