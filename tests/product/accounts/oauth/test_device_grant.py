"""A device waits and is let in from another one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.product.accounts.oauth import device_grant
from amanat.product.accounts.oauth.device_grant import LIFETIME_MS, shown, typed
from tests.product.accounts.oauth.app import App, decide, signed_in
from tests.product.accounts.oauth.devices import ask_in, device_page
from tests.server import Server


async def test_a_device_is_let_in_and_has_a_session_like_any_other(on_both: Server) -> None:
    browser, app, begun = await ask_in(on_both)
    assert begun["interval"] == 5
    assert (await app.poll(begun["device_code"])).json["error"] == "authorization_pending"
    await decide(browser, await device_page(browser, begun), digits=begun["user_code"][-2:])
    on_both.clock.pass_ms(5000)
    given = (await app.poll(begun["device_code"])).json
    assert (given["expires_in"], given["scope"]) == (300, app.scope)
    assert (await app.whoami(given["access_token"])).json["device_id"] == app.device_id
    assert (await app.refresh(given["refresh_token"])).status == 200
    assert (await app.poll(begun["device_code"])).json["error"] == "invalid_grant"


async def test_a_device_that_is_kept_out_is_told(amanat: Server) -> None:
    browser, app, begun = await ask_in(amanat)
    await decide(browser, await device_page(browser, begun), "deny")
    assert (await app.poll(begun["device_code"])).json["error"] == "access_denied"


async def test_a_device_waits_ten_minutes(on_both: Server) -> None:
    browser, app, begun = await ask_in(on_both)
    on_both.clock.pass_ms(LIFETIME_MS)
    assert (await app.poll(begun["device_code"])).json["error"] == "expired_token"
    assert (await device_page(browser, begun)).status == 404
    await on_both.amanat.oauth.device_grant.sweep()
    assert (await app.poll(begun["device_code"])).json["error"] == "invalid_grant"


async def test_a_device_that_asks_too_often_is_slowed(amanat: Server) -> None:
    _, app, begun = await ask_in(amanat)
    await app.poll(begun["device_code"])
    assert (await app.poll(begun["device_code"])).json["error"] == "slow_down"
    amanat.clock.pass_ms(5000)
    assert (await app.poll(begun["device_code"])).json["error"] == "authorization_pending"


async def test_the_code_of_one_app_is_worth_nothing_to_another(amanat: Server) -> None:
    _, app, begun = await ask_in(amanat)
    thief = App(amanat)
    await thief.register(client_name="Thief")
    assert (await thief.poll(begun["device_code"])).json["error"] == "invalid_grant"
    assert (await app.poll("unknown")).json["error"] == "invalid_grant"


async def test_an_app_that_did_not_register_for_it_cannot_wait(amanat: Server) -> None:
    app = App(amanat)
    await app.register(grant_types=["authorization_code", "refresh_token"])
    refused = await app.post("device", client_id=app.client_id, scope=app.scope)
    assert refused.json["error"] == "unauthorized_client"


async def test_an_app_of_devices_alone_cannot_ask_in_a_browser(amanat: Server) -> None:
    browser, app = await signed_in(amanat), App(amanat)
    await app.register(grant_types=["refresh_token", "urn:ietf:params:oauth:grant-type:device_code"])
    page = await app.page(browser)
    assert (page.status, page.forms) == (400, [])


async def test_only_so_many_devices_wait_at_once(amanat: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    await ask_in(amanat)
    monkeypatch.setattr(device_grant, "MAX_WAITING", 1)
    app = App(amanat)
    await app.register()
    assert (await app.post("device", client_id=app.client_id, scope=app.scope)).status == 429


@pytest.mark.parametrize("scope", ["", "openid", "urn:matrix:client:api:*"])
async def test_a_device_says_what_it_asks_for(amanat: Server, scope: str) -> None:
    app = App(amanat)
    await app.register()
    assert (await app.post("device", client_id=app.client_id, scope=scope)).json["error"] == "invalid_scope"


@given(st.text("BCDFGHJKLMNPQRSTVWXZ", min_size=8, max_size=8), st.text("0123456789", min_size=2, max_size=2))
def test_a_code_is_read_however_it_is_written(letters: str, digits: str) -> None:
    for written in (f"{shown(letters)}-{digits}", f"{letters}{digits}", f" {letters.lower()} {digits} "):
        assert typed(written) == (letters, digits)
