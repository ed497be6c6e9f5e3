"""One signs in at the desk with one's account on the homeserver, and nobody signs anybody else in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.gateway.desk import trail
from amanat.gateway.desk.reading import MAX_POSITION
from amanat.gateway.desk.sign_in import MAX_WAITING, WAITS_MS
from tests.gateway.desk.homeserver import Homeserver, let_in
from tests.gateway.desk.office import ANI, Browser, DeskOffice, Served, served
from tests.product.accounts.pages.browser import Browser as Pages
from tests.server import Server


@pytest.fixture
def homeserver(amanat: Server) -> Homeserver:
    """Where one signs in."""
    return Homeserver(amanat)


@pytest.fixture
async def desk(desk_office: DeskOffice, homeserver: Homeserver, tmp_path: Path) -> AsyncIterator[Served]:
    """A desk whose homeserver answers."""
    now_ms = desk_office.clock.now_ms
    async with served(desk_office, folder=tmp_path, http=homeserver.http, now_ms=now_ms) as held:
        yield held


@pytest.fixture
async def pages(amanat: Server) -> Pages:
    """Ani's browser, signed in at the homeserver."""
    await amanat.user("ani")
    browser = Pages(amanat)
    await browser.sign_in("ani")
    return browser


async def test_who_lets_the_desk_in_is_signed_in_and_nothing_is_left_at_the_homeserver(
    desk: Served, desk_office: DeskOffice, pages: Pages, homeserver: Homeserver
) -> None:
    desk_office.office.staff.put(ANI, "lead")
    devices = await homeserver.server.amanat.devices.list(ANI)
    browser = desk.browser()
    doors = (await browser.get("/desk/v1/me")).json()["doors"]
    assert doors == [{"id": "office", "name": "localhost"}]
    back = await browser.get(await let_in(pages, browser))
    assert (back.status_code, back.headers["location"]) == (302, "/")
    me = (await browser.get("/desk/v1/me")).json()
    assert (me["user_id"], me["services"][0]["role"]) == (ANI, "lead")
    (act,) = await trail.before(desk_office.store, MAX_POSITION)
    assert (act.who, act.what) == (ANI, "signed_in")
    assert await homeserver.server.amanat.devices.list(ANI) == devices
    assert [path for path in homeserver.asked if "/_matrix/client/v3/" in path] == []
    assert (await browser.post("/desk/v1/sign_out")).status_code == 200
    assert (await browser.get("/desk/v1/me")).status_code == 401


async def test_whoever_refuses_or_has_no_role_stays_outside(
    desk: Served, desk_office: DeskOffice, pages: Pages
) -> None:
    browser = desk.browser()
    back = await browser.get(await let_in(pages, browser))
    assert back.headers["location"] == "/?problem=no_role"
    desk_office.office.staff.put(ANI, "agent")
    back = await browser.get(await let_in(pages, browser, decision="deny"))
    assert back.headers["location"] == "/?problem=denied"
    assert (await browser.get("/desk/v1/me")).status_code == 401


async def _fails(browser: Browser, address: str) -> None:
    back = await browser.get(address)
    assert (back.status_code, back.headers["location"]) == (302, "/?problem=failed")
    assert (await browser.get("/desk/v1/me")).status_code == 401


async def test_an_answer_is_good_once_in_the_browser_that_asked_and_for_a_while(
    desk: Served, desk_office: DeskOffice, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk_office.office.staff.put(ANI, "lead")
    asked, other = desk.browser(), desk.browser()
    answer = await let_in(pages, asked)
    # Nobody is signed in by a link that somebody else has sent them.
    await _fails(other, answer)
    await _fails(asked, answer.replace("iss=http%3A%2F%2Flocalhost", "iss=http%3A%2F%2Fevil"))
    await _fails(asked, answer)
    answer = await let_in(pages, asked)
    await _fails(asked, f"{answer.partition('?')[0]}?{answer.partition('&')[2]}")
    answer = await let_in(pages, asked)
    desk_office.clock.set("2026-11-23 10:00")
    assert WAITS_MS < 3_600_000
    await _fails(asked, answer)
    for address in ("/desk/signed_in", "/desk/signed_in?state=x&code=y", "/desk/signed_in?error=access_denied"):
        await _fails(asked, address)
    # Of many who never come back the first give way.
    assert MAX_WAITING >= 1000
    monkeypatch.setattr("amanat.gateway.desk.sign_in.MAX_WAITING", 1)
    answer = await let_in(pages, asked)
    await desk.browser().get("/desk/sign_in", service="office")
    await _fails(asked, answer)


async def test_where_nobody_answers_one_is_told(desk_office: DeskOffice, tmp_path: Path) -> None:
    async with served(desk_office, folder=tmp_path) as alone:
        for query in ({"service": "other"}, {"service": ""}, {}):
            assert (await alone.browser().get("/desk/sign_in", **query)).status_code == 404
        led = await alone.browser().get("/desk/sign_in", service="office")
        assert (led.status_code, led.headers["location"]) == (302, "/?problem=failed")
