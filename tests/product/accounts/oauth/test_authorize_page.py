"""The page on which somebody lets an app in: what it says, and that nobody else can press its buttons."""

from tests.product.accounts.oauth.app import (
    AUTHORIZE,
    CALLBACK,
    App,
    decide,
    let_in,
    sign_in_and_come_back,
    signed_in,
    told,
)
from tests.product.accounts.pages.browser import HOME, Browser
from tests.server import Server


async def _shown(amanat: Server, **metadata: str) -> tuple[App, Browser]:
    browser, app = await signed_in(amanat), App(amanat)
    await app.register(**metadata)
    return app, browser


async def test_it_names_the_app_where_it_is_from_and_where_it_leads(amanat: Server) -> None:
    app, browser = await _shown(amanat, tos_uri="https://example.org/tos")
    page = await app.page(browser)
    for word in ("Rindu", "example.org", "app.example.org", app.device_id, "does not know this app"):
        assert word in page.text
    assert "https://example.org/tos" in page.links
    assert page.headers["cache-control"] == "no-store"
    assert f"form-action 'self' {CALLBACK.removesuffix('/callback')};" in page.headers["content-security-policy"]


async def test_a_name_is_text_whatever_it_says(amanat: Server) -> None:
    name = "<script>alert(1)</script>"
    app, browser = await _shown(amanat, client_name=name)
    page = await app.page(browser)
    assert name in page.text
    assert name not in page.body


async def test_an_app_that_takes_the_place_of_a_device_is_said_to(amanat: Server) -> None:
    app, browser, _ = await let_in(amanat)
    assert "takes the place" in (await app.page(browser)).text


async def test_who_refuses_tells_the_app_so(amanat: Server) -> None:
    app, browser = await _shown(amanat)
    answer = told(await decide(browser, await app.page(browser), "deny"))
    assert (answer["error"], answer["state"]) == ("access_denied", "a state")
    assert "code" not in answer


async def test_who_makes_an_account_comes_back_without_the_prompt(amanat: Server) -> None:
    app = App(amanat)
    await app.register()
    led = await Browser(amanat).get(f"{AUTHORIZE}?{app.query(prompt='create')}")
    assert led.status == 303
    assert led.location.startswith(f"{HOME}sign-up?next=%2F_amanat%2Foauth2%2Fauthorize%3F")
    assert "prompt" not in led.location


async def test_another_site_cannot_press_the_button(amanat: Server) -> None:
    app, browser = await _shown(amanat)
    fields = (await app.page(browser)).forms[0]["fields"] | {"decision": "allow"}
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        assert (await browser.post(AUTHORIZE, fields, headers=headers)).status == 403
    for wrong in ({"csrf": ""}, {"csrf": "0" * 64}):
        assert (await browser.post(AUTHORIZE, fields | wrong)).status == 403


async def test_what_was_not_shown_cannot_be_allowed(amanat: Server) -> None:
    app, browser = await _shown(amanat)
    fields = (await app.page(browser)).forms[0]["fields"] | {"decision": "allow"}
    for ask in ("", "x", app.query(), fields["ask"][:-4] + "AAAA"):
        assert (await browser.post(AUTHORIZE, fields | {"ask": ask})).status == 404
    # The parameters of the address that a form is sent to count for nothing.
    other = App(amanat)
    await other.register(client_name="Other")
    left = await browser.post(f"{AUTHORIZE}?{other.query()}", fields)
    assert (await app.redeem(told(left)["code"])).status == 200


async def test_a_page_that_one_browser_was_shown_is_worth_nothing_in_another(amanat: Server) -> None:
    app, browser = await _shown(amanat)
    eve = await signed_in(amanat, "eve")
    hers = (await app.page(eve)).forms[0]["fields"]
    his = (await app.page(browser)).forms[0]["fields"]
    mixed = his | {"ask": hers["ask"], "decision": "allow"}
    assert (await browser.post(AUTHORIZE, mixed)).status == 404
    assert (await browser.post(AUTHORIZE, hers | {"decision": "allow"})).status == 403


async def test_a_session_planted_before_signing_in_does_not_let_its_planter_decide(amanat: Server) -> None:
    await amanat.user("ani")
    app, browser, eve = App(amanat), Browser(amanat), Browser(amanat)
    await app.register()
    sign_in = await app.page(eve)
    browser.cookies = dict(eve.cookies)
    page = await sign_in_and_come_back(browser, sign_in)
    assert "Rindu" in page.text
    refused = await eve.post(AUTHORIZE, page.forms[0]["fields"] | {"decision": "allow"})
    assert "code" not in refused.headers.get("location", "")


async def test_who_signed_out_meanwhile_allows_nothing(amanat: Server) -> None:
    app, browser = await _shown(amanat)
    page = await app.page(browser)
    await browser.send(await browser.open(HOME), form=-1)
    assert (await decide(browser, page)).status == 403


async def test_a_known_app_is_not_marked(amanat: Server) -> None:
    browser, app = await signed_in(amanat), App(amanat)
    home = "http://localhost:8008"
    app.redirect_uri = f"{home}/callback"
    await app.register(client_uri=f"{home}/", redirect_uris=[app.redirect_uri])
    assert "does not know this app" not in (await app.page(browser)).text


async def test_it_speaks_indonesian(amanat: Server) -> None:
    app, browser = await _shown(amanat)
    page = await app.page(browser, lang="id")
    assert "Izinkan aplikasi ini masuk?" in page.text
    assert (await app.redeem(told(await decide(browser, page))["code"])).status == 200
