"""What is allowed on a page, and how a session of the OAuth 2.0 API proves anything."""

from typing import Any

from amanat.product.accounts.oauth.approvals import LIFETIME_MS, ResetApprovals
from tests.client_api.keys import Identity
from tests.product.accounts.oauth.app import let_in
from tests.product.accounts.pages.browser import Browser
from tests.server import FakeClock, Person, Server

UPLOAD = "/keys/device_signing/upload"
RESET = "/_amanat/oauth2/cross-signing-reset"


async def _person(amanat: Server) -> tuple[Person, Browser]:
    app, browser, given = await let_in(amanat)
    who = (await app.whoami(given["access_token"])).json
    token = given["access_token"]
    return Person(amanat, user_id=who["user_id"], device_id=who["device_id"], token=token), browser


def test_an_approval_counts_once_and_not_for_long() -> None:
    clock = FakeClock()
    approvals = ResetApprovals(now_ms=clock.now_ms)
    assert not approvals.take("@ani:localhost")
    approvals.approve("@ani:localhost")
    assert not approvals.take("@eve:localhost")
    assert approvals.take("@ani:localhost")
    assert not approvals.take("@ani:localhost")
    approvals.approve("@ani:localhost")
    clock.pass_ms(LIFETIME_MS)
    assert not approvals.take("@ani:localhost")


async def test_a_new_identity_is_allowed_on_a_page_and_then_taken_once(amanat: Server) -> None:
    ani, browser = await _person(amanat)
    assert (await ani.post(UPLOAD, Identity(ani).upload())).status == 200
    new: dict[str, Any] = Identity(ani, "new").upload()
    asked = await ani.post(UPLOAD, new)
    assert asked.status == 401
    assert asked.json["flows"] == [{"stages": ["m.oauth"]}, {"stages": ["org.matrix.cross_signing_reset"]}]
    url = "http://localhost:8008/_amanat/account/?action=org.matrix.cross_signing_reset"
    assert asked.json["params"]["m.oauth"] == {"url": url}
    again = new | {"auth": {"session": asked.json["session"]}}
    assert (await ani.post(UPLOAD, again)).status == 401
    await browser.send(await browser.open(RESET))
    assert (await ani.post(UPLOAD, again)).status == 200
    assert (await ani.post(UPLOAD, Identity(ani, "newer").upload())).status == 401


async def test_the_stage_cannot_be_claimed(amanat: Server) -> None:
    ani, _ = await _person(amanat)
    await ani.post(UPLOAD, Identity(ani).upload())
    new = Identity(ani, "new").upload()
    session = (await ani.post(UPLOAD, new)).json["session"]
    for kind in ("m.oauth", "org.matrix.cross_signing_reset", "m.login.dummy", "m.login.password"):
        claimed = await ani.post(UPLOAD, new | {"auth": {"type": kind, "session": session}})
        assert (claimed.status, claimed.json["completed"]) == (401, [])


async def test_all_other_acts_are_done_on_the_account_page(amanat: Server) -> None:
    ani, _ = await _person(amanat)
    for refused in (
        await ani.post("/account/deactivate", {}),
        await ani.post("/delete_devices", {"devices": [ani.device_id]}),
        await ani.post("/_matrix/client/v1/login/get_token", {}),
    ):
        assert (refused.status, refused.errcode) == (403, "M_FORBIDDEN")
        assert "/_amanat/account/" in refused.json["error"]


async def test_a_session_by_password_proves_itself_as_before(amanat: Server) -> None:
    ani = await amanat.user("ani")
    asked = await ani.post("/account/deactivate", {})
    assert asked.json["flows"] == [{"stages": ["m.login.password"]}]
