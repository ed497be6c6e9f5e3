"""A lead says who is of the staff and reads what they did."""

from urllib.parse import quote

from tests.gateway.desk.office import BUDI, DeskOffice, Served

CITRA = "@citra:localhost"


def _at(user_id: str) -> str:
    return f"staff/{quote(user_id, safe='')}"


async def test_a_lead_changes_the_staff_and_it_is_noted(desk: Served, desk_office: DeskOffice) -> None:
    lead = desk.browser(BUDI, role="lead", office=desk_office)
    assert (await lead.request("PUT", _at(CITRA), {"role": "agent"})).status_code == 200
    citra = desk.browser(CITRA)
    assert (await citra.get("inbox")).status_code == 200
    listed = (await lead.get("staff")).json()["staff"]
    assert listed == [
        {"user_id": BUDI, "name": "budi", "role": "lead"},
        {"user_id": CITRA, "name": "citra", "role": "agent"},
    ]
    await desk_office.hands_over()
    await desk_office.acts.assign(CITRA, "!chat:localhost", assignee=CITRA)
    assert (await lead.request("DELETE", _at(CITRA))).status_code == 200
    assert (await lead.request("DELETE", _at(CITRA))).json()["code"] == "NO_SUCH"
    assert (await citra.get("inbox")).status_code == 403
    # The chats of who is not there any more wait for another.
    assert (await lead.get("inbox")).json()["counts"] == {"waiting": 1, "mine": 0, "all": 1}
    acts = (await lead.get("trail")).json()["acts"]
    assert [(act["who_name"], act["what"], act["about"]) for act in reversed(acts)] == [
        ("budi", "staff_changed", f"{CITRA} agent"),
        ("citra", "assigned", "!chat:localhost"),
        ("budi", "staff_changed", f"{CITRA} -"),
        ("budi", "assigned", "!chat:localhost"),
    ]
    assert (await lead.get("trail", before=acts[-1]["position"])).json()["acts"] == []


async def test_somebody_stays_lead(desk: Served, desk_office: DeskOffice) -> None:
    lead = desk.browser(BUDI, role="lead", office=desk_office)
    for refused in (
        await lead.request("DELETE", _at(BUDI)),
        await lead.request("PUT", _at(BUDI), {"role": "agent"}),
    ):
        assert (refused.status_code, refused.json()["code"]) == (409, "LAST_LEAD")


async def test_only_people_of_the_services_server_are_of_its_staff(desk: Served, desk_office: DeskOffice) -> None:
    lead = desk.browser(BUDI, role="lead", office=desk_office)
    for user_id in ("@ani:other.example", "ani", "ani:localhost"):
        refused = await lead.request("PUT", _at(user_id), {"role": "agent"})
        assert (refused.status_code, refused.json()["code"]) == (400, "WRONG_VALUE"), user_id
    refused = await lead.request("PUT", _at(CITRA), {"role": "king"})
    assert refused.json()["code"] == "BAD_JSON"
    (desk_office.folder / "staff.json").chmod(0o600)
