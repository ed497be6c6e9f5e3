"""Who asks has a session, comes from the desk's own page, and has a role: at once, and no longer than that."""

import pytest

from amanat.edge.incoming import Incoming
from amanat.edge.request import Request
from amanat.gateway.desk.sessions import Sessions
from amanat.gateway.desk.visits import Visits
from tests.gateway.desk.office import ANI, BUDI, DeskOffice, Served, chat_of

PATHS = {
    "agent": [("GET", "inbox"), ("GET", "tickets"), ("GET", "colleagues"), ("GET", "days/timur/2026-11-24")],
    "editor": [("GET", "flow")],
    "lead": [("GET", "staff"), ("GET", "trail")],
}


async def test_nobody_is_let_in_without_a_session(desk: Served, desk_office: DeskOffice) -> None:
    for browser in (desk.browser(), desk.browser()):
        browser.http.cookies.set("desk", "made-up")
        for _, path in (each for paths in PATHS.values() for each in paths):
            refused = await browser.get(path)
            assert (refused.status_code, refused.json()["code"]) == (401, "NOT_SIGNED_IN")
        assert (await browser.post(f"{chat_of()}/hand_back")).status_code == 401
    assert desk_office.told == []


@pytest.mark.parametrize("role", ["agent", "editor", "lead"])
async def test_a_role_allows_what_it_is_for(desk: Served, desk_office: DeskOffice, role: str) -> None:
    browser = desk.browser(BUDI, role=role, office=desk_office)  # type: ignore[arg-type]  # each is one
    allowed = {path for of, paths in PATHS.items() for _, path in paths if role in (of, "lead")}
    for _, path in (each for paths in PATHS.values() for each in paths):
        answered = await browser.get(path)
        assert answered.status_code == (200 if path in allowed else 403), path
        assert "access-control-allow-origin" not in answered.headers
        assert answered.headers["cache-control"] == "no-store"


async def test_a_role_that_is_taken_away_ends_with_the_next_request(desk: Served, desk_office: DeskOffice) -> None:
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    assert (await browser.get("inbox")).status_code == 200
    desk_office.office.staff.remove(BUDI)
    refused = await browser.get("inbox")
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ALLOWED")
    # Whoever has no role does not learn which services there are.
    assert (await browser.get("/desk/v1/services/other/inbox")).json() == refused.json()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "{url}", "Content-Type": "text/plain"},
        {"Origin": "{url}", "Content-Type": "application/x-www-form-urlencoded"},
        {"Origin": "{url}.evil.example"},
    ],
)
async def test_another_sites_page_changes_nothing(
    desk: Served, desk_office: DeskOffice, headers: dict[str, str]
) -> None:
    await desk_office.hands_over()
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    sent = {name: value.format(url=desk.url) for name, value in headers.items()}
    refused = await browser.post(f"{chat_of()}/hand_back", headers=sent)
    assert (refused.status_code, refused.json()["code"]) == (403, "WRONG_ORIGIN")
    assert (await browser.get("inbox")).json()["counts"]["waiting"] == 1


class _Flow:
    def hold_back(self) -> None: ...

    def go_on(self) -> None: ...


def _request(cookie: bytes) -> Request:
    return Request("GET", b"/", headers={b"cookie": cookie}, peer="", incoming=Incoming(_Flow()))


def test_over_https_no_other_site_can_set_the_cookie() -> None:
    sessions = Sessions(now_ms=lambda: 1)
    secure = Visits({}, sessions=sessions, url="https://desk.example")
    _, kept = secure.keep("token")
    assert kept == b"__Host-desk=token; Path=/; HttpOnly; SameSite=Lax; Secure"
    assert secure.token(_request(b"desk=other; __Host-desk=token")) == "token"
    here = Visits({}, sessions=sessions, url="http://127.0.0.1:8010")
    assert here.keep("token")[1] == b"desk=token; Path=/; HttpOnly; SameSite=Lax"
    assert here.drop()[1].endswith(b"Max-Age=0")
    for cookie in (b"", b"other=1", b"desk=", b"\xff=\xff; desk", b"mydesk=1"):
        assert here.token(_request(cookie)) == ""
    assert here.token(_request(b"a b=c; \xff; desk=token")) == "token"


async def test_who_has_no_role_at_all_is_told_so(desk: Served) -> None:
    me = (await desk.browser(ANI).get("/desk/v1/me")).json()
    assert me == {"user_id": ANI, "name": ANI, "services": []}
