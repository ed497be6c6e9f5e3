"""Who has no password confirms with a browser what an app is about to do."""

from amanat.product.accounts.pages.visits import RECENT_MS
from tests.product.accounts.pages.browser import Browser
from tests.server import Person, Server

FALLBACK = "/_matrix/client/v3/auth/m.login.sso/fallback/web"


async def _without_password(serving: Server, name: str = "ani") -> tuple[Person, Browser]:
    """Somebody who has no password, signed in by a login token, with a browser that is signed in too."""
    user_id = await serving.amanat.account_administration.create(name, password=None)
    token = await serving.amanat.oauth.login_tokens.new(user_id)
    logged_in = (await serving.request("POST", "/login", body={"type": "m.login.token", "token": token})).json
    browser = Browser(serving)
    _, cookie = await serving.amanat.account_pages.sessions.begin(user_id)
    held, _, value = cookie.decode().partition(";")[0].partition("=")
    browser.cookies[held] = value
    return Person(serving, user_id=user_id, device_id=logged_in["device_id"], token=logged_in["access_token"]), browser


async def _asked(person: Person) -> str:
    asked = await person.post("/delete_devices", {"devices": [person.device_id]})
    assert (asked.status, asked.json["flows"]) == (401, [{"stages": ["m.login.sso"]}])
    session: str = asked.json["session"]
    return session


async def test_what_is_confirmed_on_the_page_is_done_by_the_app(serving: Server) -> None:
    ani, browser = await _without_password(serving)
    session = await _asked(ani)
    page = await browser.open(f"{FALLBACK}?session={session}")
    assert "Sign devices out" in page.text
    assert ani.device_id in page.text
    done = await browser.send(page)
    assert any("auth-done" in named.get("src", "") for tag, named in done.tags if tag == "script")
    body = {"devices": [ani.device_id], "auth": {"session": session}}
    assert (await ani.post("/delete_devices", body)).status == 200


async def test_until_then_it_is_not_and_it_cannot_be_claimed(serving: Server) -> None:
    ani, _ = await _without_password(serving)
    session = await _asked(ani)
    for auth in ({"session": session}, {"session": session, "type": "m.login.sso"}):
        reply = await ani.post("/delete_devices", {"devices": [ani.device_id], "auth": auth})
        assert (reply.status, reply.json["completed"]) == (401, [])


async def test_nobody_confirms_for_somebody_else(serving: Server) -> None:
    ani, browser = await _without_password(serving)
    _, eve = await _without_password(serving, "eve")
    session = await _asked(ani)
    assert (await eve.open(f"{FALLBACK}?session={session}")).status == 404
    fields = (await browser.open(f"{FALLBACK}?session={session}")).forms[0]["fields"]
    assert (await eve.post(FALLBACK, fields)).status == 403
    assert (await browser.post(FALLBACK, fields, headers={"sec-fetch-site": "cross-site"})).status == 403
    assert (await browser.post(FALLBACK, fields | {"seen": "x"})).status == 404


async def test_a_session_that_is_over_or_never_was_has_no_page(serving: Server) -> None:
    ani, browser = await _without_password(serving)
    session = await _asked(ani)
    serving.clock.pass_ms(RECENT_MS // 2)
    assert (await browser.open(f"{FALLBACK}?session=unknown")).status == 404
    assert (await browser.open(FALLBACK)).status == 404
    assert (await browser.open(f"{FALLBACK}?session={session}")).status == 200


async def test_who_signed_in_long_ago_shows_again_who_they_are(serving: Server) -> None:
    ani, browser = await _without_password(serving)
    session = await _asked(ani)
    serving.clock.pass_ms(RECENT_MS)
    led = await browser.get(f"{FALLBACK}?session={session}")
    assert led.status == 303
    assert "sign-in" in led.location
