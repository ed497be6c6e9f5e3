"""The desk as a whole: every path is its own, what it refuses has its form, and nothing but its pages is served."""

import httpx

from tests.gateway.desk.office import BUDI, DeskOffice, Served


async def test_what_is_not_there_is_refused_in_the_desks_own_form(desk: Served) -> None:
    browser = desk.browser()
    for path, status, code in (("/nothing", 404, "UNRECOGNIZED"), ("/desk/v1/sign_out", 405, "UNRECOGNIZED")):
        refused = await browser.get(path)
        assert (refused.status_code, refused.json()["code"]) == (status, code)
        assert refused.json()["message"]


async def test_an_address_that_asks_too_much_is_told_when_to_come_back(desk: Served) -> None:
    async with httpx.AsyncClient(base_url=desk.url, trust_env=False) as http:
        while (answer := await http.get("/desk/sign_in?service=other")).status_code == 404:
            pass
    assert (answer.status_code, answer.json()["code"]) == (429, "LIMIT_EXCEEDED")
    assert answer.json()["retry_after_ms"] > 0
    assert int(answer.headers["retry-after"]) >= 1


async def test_who_waits_for_a_change_is_answered_when_the_desk_stops(desk: Served, desk_office: DeskOffice) -> None:
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    now = (await browser.get("changes", since=0)).json()["next"]
    desk.desk.stop()
    assert (await browser.get("changes", since=now)).json()["changed"] == []
