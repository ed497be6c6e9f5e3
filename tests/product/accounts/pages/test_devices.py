"""Phones and computers on the account pages."""

from tests.product.accounts.pages.browser import HOME, Browser
from tests.product.accounts.pages.people import ani_in
from tests.server import Server


async def test_a_device_is_signed_out_at_once(amanat: Server) -> None:
    budi = await amanat.user("budi")
    browser = Browser(amanat)
    await browser.sign_in("budi")
    listed = await browser.open(f"{HOME}?action=org.matrix.devices_list")
    assert "This app is not known" in listed.text
    one = await browser.open(f"{HOME}?action=org.matrix.device_delete&device_id={budi.device_id}")
    assert budi.device_id in one.text
    after = await browser.send(one)
    assert "It is signed out" in after.text
    refused = await budi.get("/account/whoami")
    assert (refused.status, refused.errcode) == (401, "M_UNKNOWN_TOKEN")


async def test_nobody_signs_out_another_s_device(amanat: Server) -> None:
    budi = await amanat.user("budi")
    browser = await ani_in(amanat)
    assert (await browser.open(f"{HOME}devices/one?device_id={budi.device_id}")).status == 404
    csrf = (await browser.open(HOME)).csrf
    await browser.post(f"{HOME}devices/one", {"csrf": csrf, "device_id": budi.device_id})
    assert (await budi.get("/account/whoami")).status == 200
