"""An app that asks who somebody is learns that, once, and can do nothing else."""

from amanat.product.accounts.oauth.identities import LIFETIME_MS
from tests.edge.asking import Answered, ask
from tests.product.accounts.oauth.app import OAUTH, App, decide, signed_in, told
from tests.product.accounts.pages.browser import Browser
from tests.server import Server


async def _registered(amanat: Server, **metadata: object) -> tuple[App, Browser]:
    browser, app = await signed_in(amanat), App(amanat)
    assert (await app.register(grant_types=["authorization_code"], **metadata)).status == 201
    return app, browser


async def _userinfo(amanat: Server, token: str) -> Answered:
    headers = {"Host": "localhost", "Authorization": f"Bearer {token}"}
    return await ask(amanat.amanat.client_app, "GET", f"{OAUTH}/userinfo", headers=headers)


async def _token(app: App, browser: Browser) -> str:
    given = await app.redeem(await app.code(browser, scope="openid"))
    assert given.status == 200, given.json
    token: str = given.json["access_token"]
    return token


async def test_it_is_told_a_name_and_an_address_and_nothing_is_opened(on_both: Server) -> None:
    app, browser = await _registered(on_both)
    page = await app.page(browser, scope="openid")
    for words in ("who you are", "@ani:localhost", "cannot read or send messages"):
        assert words in page.text
    given = await app.redeem(told(await decide(browser, page))["code"])
    assert given.json.keys() == {"access_token", "token_type", "expires_in", "scope"}
    assert (given.json["expires_in"], given.json["scope"]) == (300, "openid")
    token = given.json["access_token"]
    answered = await _userinfo(on_both, token)
    assert answered.json == {"sub": "@ani:localhost"}
    assert answered.headers["cache-control"] == "no-store"
    assert (await app.whoami(token)).errcode == "M_UNKNOWN_TOKEN"
    devices = await on_both.amanat.devices.list("@ani:localhost")
    assert app.device_id not in [device.device_id for device in devices]
    ani = await on_both.login("ani")
    await ani.put(f"/profile/{ani.user_id}/displayname", {"displayname": "Ani"})
    assert (await _userinfo(on_both, token)).json == {"sub": "@ani:localhost", "name": "Ani"}


async def test_it_is_told_for_five_minutes_and_not_after_it_was_revoked(amanat: Server) -> None:
    app, browser = await _registered(amanat)
    first, second = await _token(app, browser), await _token(app, browser)
    assert (await app.post("revoke", token=first)).status == 200
    refused = await _userinfo(amanat, first)
    assert (refused.status, refused.json["error"]) == (401, "invalid_token")
    assert (await _userinfo(amanat, second)).status == 200
    amanat.clock.pass_ms(LIFETIME_MS)
    assert (await _userinfo(amanat, second)).status == 401
    await amanat.amanat.oauth.grants.identities.sweep()


async def test_a_code_that_is_used_again_or_without_its_proof_tells_nothing(amanat: Server) -> None:
    app, browser = await _registered(amanat)
    code = await app.code(browser, scope="openid")
    token = (await app.redeem(code)).json["access_token"]
    assert (await app.redeem(code)).json["error"] == "invalid_grant"
    assert (await _userinfo(amanat, token)).status == 401
    code = await app.code(browser, scope="openid")
    assert (await app.redeem(code, code_verifier="a" * 43)).json["error"] == "invalid_grant"
    assert (await app.redeem(code)).json["error"] == "invalid_grant"


async def test_of_a_closed_account_nothing_is_told(amanat: Server) -> None:
    app, browser = await _registered(amanat)
    token = await _token(app, browser)
    ani = await amanat.login("ani")
    auth = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": "ani"}}
    closed = await ani.post("/account/deactivate", {"auth": auth | {"password": "ani's long password"}})
    assert closed.status == 200, closed.json
    assert (await _userinfo(amanat, token)).status == 401


async def test_an_app_that_registered_for_this_alone_never_gets_more(amanat: Server) -> None:
    app, browser = await _registered(amanat, scope="openid")
    page = await app.page(browser)
    assert (page.status, page.forms) == (400, [])
    assert "invalid_scope" in page.text
    assert (await app.page(browser, scope="openid")).status == 200


async def test_no_device_waits_to_be_let_in_for_it(amanat: Server) -> None:
    app = App(amanat)
    await app.register()
    refused = await app.post("device", client_id=app.client_id, scope="openid")
    assert (refused.status, refused.json["error"]) == (400, "invalid_scope")
