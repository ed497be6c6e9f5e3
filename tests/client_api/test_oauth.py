"""An app signs in by the OAuth 2.0 API, from finding it to signing out."""

from tests.product.accounts.oauth.app import App, decide, let_in, sign_in_and_come_back, signed_in, told
from tests.product.accounts.pages.browser import Browser
from tests.server import Server

FIVE_MINUTES_MS = 300_000


async def test_an_app_signs_in_renews_its_tokens_and_signs_out(on_both: Server) -> None:
    ani = await on_both.user("ani")
    browser, app = Browser(on_both), App(on_both)
    await browser.sign_in("ani")
    assert (await app.register()).status == 201
    answer = told(await decide(browser, await app.page(browser)))
    assert (answer["state"], answer["iss"]) == ("a state", "http://localhost:8008/")
    given = (await app.redeem(answer["code"])).json
    assert (given["token_type"], given["expires_in"], given["scope"]) == ("Bearer", 300, app.scope)
    assert (await app.whoami(given["access_token"])).json == {
        "user_id": ani.user_id,
        "device_id": app.device_id,
        "is_guest": False,
    }
    on_both.clock.pass_ms(FIVE_MINUTES_MS)
    assert (await app.whoami(given["access_token"])).json["soft_logout"] is True
    renewed = (await app.refresh(given["refresh_token"])).json
    assert (await app.whoami(renewed["access_token"])).status == 200
    assert (await app.post("revoke", token=renewed["access_token"])).status == 200
    assert (await app.whoami(renewed["access_token"])).errcode == "M_UNKNOWN_TOKEN"
    assert [device["device_id"] for device in (await ani.get("/devices")).json["devices"]] == [ani.device_id]


async def test_who_is_not_signed_in_signs_in_first_and_comes_back(amanat: Server) -> None:
    await amanat.user("ani")
    browser, app = Browser(amanat), App(amanat)
    await app.register()
    sign_in = await app.page(browser)
    page = await sign_in_and_come_back(browser, sign_in)
    assert "Rindu" in page.text
    assert (await app.redeem(told(await decide(browser, page))["code"])).status == 200


async def test_the_device_is_called_by_its_app(amanat: Server) -> None:
    app, _, given = await let_in(amanat)
    device = await amanat.request("GET", f"/devices/{app.device_id}", token=given["access_token"])
    assert device.json["display_name"] == "Rindu"


async def test_without_passwords_the_browser_is_the_way_in(amanat: Server) -> None:
    flows = (await amanat.request("GET", "/login")).json["flows"]
    assert [flow["type"] for flow in flows] == ["m.login.password", "m.login.sso", "m.login.token"]
    assert flows[1]["oauth_aware_preferred"] is True
    await signed_in(amanat)
