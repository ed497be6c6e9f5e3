"""What an app may ask at the authorisation endpoint."""

import pytest

from amanat.product.accounts.oauth.authorization import REPLAYS_NOTICED_MS
from amanat.product.accounts.oauth.tables import OLD_CODES
from tests.product.accounts.oauth.app import AUTHORIZE, CALLBACK, App, decide, signed_in, told
from tests.product.accounts.pages.browser import Browser
from tests.server import Server


async def _registered(amanat: Server) -> tuple[App, Browser]:
    browser, app = await signed_in(amanat), App(amanat)
    await app.register()
    return app, browser


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": None}, "unsupported_response_type"),
        ({"response_mode": "form_post"}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge": "!" * 43}, "invalid_request"),
        ({"scope": None}, "invalid_scope"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"state": "x" * 1025}, "invalid_request"),
        ({"state": "a\nb"}, "invalid_request"),
        ({"prompt": "none"}, "interaction_required"),
        ({"request": "x"}, "request_not_supported"),
        ({"request_uri": "https://example.org/"}, "request_uri_not_supported"),
    ],
)
async def test_an_app_that_asks_wrongly_is_told_so_where_it_is_and_nobody_is_led_there(
    amanat: Server, more: dict[str, str | None], code: str
) -> None:
    app, browser = await _registered(amanat)
    page = await app.page(browser, **more)
    assert page.status == 400
    assert page.forms == []
    (back,) = [link for link in page.links if link.startswith(CALLBACK)]
    assert f"error={code}" in back
    assert "iss=" in back


async def test_a_parameter_that_stands_twice_is_refused(amanat: Server) -> None:
    app, browser = await _registered(amanat)
    for twice in ("scope=x", "state=y", "code_challenge_method=S256"):
        page = await browser.open(f"{AUTHORIZE}?{app.query()}&{twice}")
        assert (page.status, page.forms) == (400, []), twice


@pytest.mark.parametrize(
    "uri",
    [
        None,
        "https://evil.example/",
        "https://evil.example/callback",
        f"{CALLBACK}/",
        f"{CALLBACK}?next=https://evil.example",
        f"{CALLBACK}#fragment",
        "https://app.example.org@evil.example/callback",
        "https://app.example.org.evil.example/callback",
        "//evil.example/callback",
        "javascript:alert(1)",
        "data:text/html,x",
    ],
)
async def test_nobody_is_offered_the_way_to_an_address_that_was_not_registered(amanat: Server, uri: str | None) -> None:
    app, browser = await _registered(amanat)
    page = await app.page(browser, redirect_uri=uri)
    assert (page.status, page.forms) == (400, [])
    assert [link for link in page.links if not link.startswith(("#", "/_amanat/"))] == []


async def test_an_app_that_is_not_registered_is_refused_on_the_page(amanat: Server) -> None:
    _, browser = await _registered(amanat)
    for client_id in (None, "", "unknown"):
        page = await App(amanat).page(browser, client_id=client_id)
        assert (page.status, page.forms) == (400, [])


@pytest.mark.parametrize(("mode", "sign"), [("fragment", "#"), ("query", "?"), (None, "?")])
async def test_the_answer_comes_in_the_mode_that_was_asked_for(amanat: Server, mode: str | None, sign: str) -> None:
    app, browser = await _registered(amanat)
    left = await decide(browser, await app.page(browser, response_mode=mode))
    assert left.location.startswith(f"{CALLBACK}{sign}")
    assert told(left).keys() == {"code", "state", "iss"}


async def test_an_address_with_a_query_keeps_it(amanat: Server) -> None:
    browser, app = await signed_in(amanat), App(amanat)
    app.redirect_uri = f"{CALLBACK}?no_universal_links=true"
    await app.register(redirect_uris=[app.redirect_uri])
    left = await decide(browser, await app.page(browser, response_mode="query"))
    assert left.location.startswith(f"{app.redirect_uri}&code=")


async def test_a_state_comes_back_as_it_was_and_none_where_there_was_none(amanat: Server) -> None:
    app, browser = await _registered(amanat)
    state = "a&b=c#d %20 <script>"
    assert told(await decide(browser, await app.page(browser, state=state)))["state"] == state
    assert "state" not in told(await decide(browser, await app.page(browser, state=None)))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
async def test_a_native_app_is_answered_on_the_port_it_has(amanat: Server, host: str) -> None:
    browser, app = await signed_in(amanat), App(amanat)
    await app.register(application_type="native", redirect_uris=[f"http://{host}/callback"])
    app.redirect_uri = f"http://{host}:49152/callback"
    left = await decide(browser, await app.page(browser))
    assert left.location.startswith(f"{app.redirect_uri}#")
    assert (await app.redeem(told(left)["code"])).status == 200


async def test_a_native_app_is_answered_in_its_own_scheme(amanat: Server) -> None:
    browser, app = await signed_in(amanat), App(amanat)
    app.redirect_uri = "org.example.app:/callback"
    await app.register(application_type="native", redirect_uris=[app.redirect_uri])
    page = await app.page(browser)
    assert "form-action 'self' org.example.app:;" in page.headers["content-security-policy"]
    assert (await app.redeem(told(await decide(browser, page))["code"])).status == 200


async def test_old_codes_are_swept_when_nobody_needs_to_notice_them_any_more(on_both: Server) -> None:
    app, browser = await _registered(on_both)
    await app.redeem(await app.code(browser))
    await on_both.amanat.oauth.authorization.sweep()
    on_both.clock.pass_ms(REPLAYS_NOTICED_MS // 2)
    await on_both.amanat.oauth.authorization.sweep()
    kept = await on_both.amanat.store.all(OLD_CODES, before=on_both.clock.now_ms(), max_rows=9)
    on_both.clock.pass_ms(REPLAYS_NOTICED_MS)
    await on_both.amanat.oauth.authorization.sweep()
    left = await on_both.amanat.store.all(OLD_CODES, before=on_both.clock.now_ms(), max_rows=9)
    assert (len(kept), len(left)) == (1, 0)
