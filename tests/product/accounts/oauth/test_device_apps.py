"""The apps of devices, on their owner's page."""

from tests.product.accounts.oauth.app import let_in
from tests.server import Server


async def test_an_app_is_shown_with_its_host_and_marked_if_nobody_knows_it(amanat: Server) -> None:
    app, browser, _ = await let_in(amanat)
    listed = await browser.open("/_amanat/account/devices")
    assert "Rindu (example.org)" in listed.text
    one = await browser.open(f"/_amanat/account/devices/one?device_id={app.device_id}")
    assert "A name can be copied" in one.text


async def test_an_app_that_is_signed_in_learns_the_apps_of_its_account(amanat: Server) -> None:
    app, _, tokens = await let_in(amanat)
    told = await amanat.request("GET", "/_amanat/v1/devices/apps", token=tokens["access_token"])
    assert told.json == {
        "apps": [{"device_id": app.device_id, "name": "Rindu", "host": "example.org", "is_known": False}]
    }
