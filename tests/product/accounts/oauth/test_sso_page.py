"""Single sign-on: the page that says where a login token goes, and that it goes nowhere else."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.product.accounts.oauth.app import decide, sign_in_and_come_back, signed_in
from tests.product.accounts.pages.browser import HOME, Browser, Page
from tests.server import Server

REDIRECT = "/_matrix/client/v3/login/sso/redirect"
SSO = "/_amanat/oauth2/sso"
TARGET = "https%3A%2F%2Fapp.example.org%2F%3Fa%3Db%23%2Flogin"


async def _open(browser: Browser, target: str = TARGET) -> Page:
    led = await browser.get(f"{REDIRECT}?redirectUrl={target}")
    assert led.status == 302
    return await browser.open(led.location)


async def test_an_older_app_signs_in_with_a_browser(amanat: Server) -> None:
    ani = await amanat.user("ani")
    browser = Browser(amanat)
    page = await sign_in_and_come_back(browser, await _open(browser))
    assert "app.example.org can sign in" in page.text
    assert "form-action 'self' https://app.example.org;" in page.headers["content-security-policy"]
    left = urlsplit((await decide(browser, page)).location)
    assert (left.netloc, left.fragment) == ("app.example.org", "/login")
    query = parse_qs(left.query)
    assert query["a"] == ["b"]
    login = {"type": "m.login.token", "token": query["loginToken"][0]}
    assert (await amanat.request("POST", "/login", body=login)).json["user_id"] == ani.user_id


async def test_who_does_not_want_to_stays_here(amanat: Server) -> None:
    browser = await signed_in(amanat)
    assert (await decide(browser, await _open(browser), "deny")).location == HOME


async def test_opening_the_page_sends_nothing_anywhere(amanat: Server) -> None:
    browser = await signed_in(amanat)
    page = await _open(browser)
    assert page.status == 200
    assert "loginToken" not in page.body


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "/own", ""])
async def test_a_token_is_sent_to_nothing_that_runs_or_hides_where_it_leads(amanat: Server, target: str) -> None:
    browser = await signed_in(amanat)
    assert (await browser.get(f"{REDIRECT}?redirectUrl={target}")).status == 400
    assert (await browser.open(f"{SSO}?redirectUrl={target}")).forms == []


async def test_a_token_is_bound_to_the_browser_that_was_shown_where_it_goes(amanat: Server) -> None:
    browser, eve = await signed_in(amanat), await signed_in(amanat, "eve")
    shown = (await _open(browser)).forms[0]["fields"]
    hers = (await _open(eve, "https%3A%2F%2Fevil.example%2F")).forms[0]["fields"]
    for fields in (shown | {"seen": hers["seen"]}, shown | {"seen": ""}, shown | {"seen": TARGET}):
        assert (await browser.post(SSO, fields | {"decision": "allow"})).status == 404
    assert (await browser.post(SSO, hers | {"decision": "allow"})).status == 403
    other_site = {"sec-fetch-site": "cross-site"}
    assert (await browser.post(SSO, shown | {"decision": "allow"}, headers=other_site)).status == 403


async def test_what_the_form_is_sent_to_does_not_change_where_the_token_goes(amanat: Server) -> None:
    browser = await signed_in(amanat)
    fields = (await _open(browser)).forms[0]["fields"] | {"decision": "allow"}
    left = await browser.post(f"{SSO}?redirectUrl=https%3A%2F%2Fevil.example%2F", fields)
    assert urlsplit(left.location).netloc == "app.example.org"
