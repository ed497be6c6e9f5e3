"""Signing in with a recovery key."""

from tests.product.accounts.pages.browser import HOME, SIGN_IN, Browser
from tests.product.accounts.pages.people import ani_in
from tests.server import Server

PATH = f"{SIGN_IN}/recovery"


async def _key(browser: Browser) -> str:
    shown = await browser.send(await browser.open(f"{HOME}recovery"))
    (key,) = [word for word in shown.text.split() if word.count("-") == 6]
    return key


async def test_a_recovery_key_leads_in_and_on(amanat: Server) -> None:
    key = await _key(await ani_in(amanat))
    lost = Browser(amanat)
    page = await lost.open(f"{PATH}?next=%2F_amanat%2Faccount%2Fnumber")
    assert (await lost.send(page, {"key": f"  {key.replace('-', ' ').lower()} "})).url == f"{HOME}number"


async def test_a_key_that_was_replaced_opens_nothing(amanat: Server) -> None:
    browser = await ani_in(amanat)
    old, new = await _key(browser), await _key(browser)
    lost = Browser(amanat)
    page = await lost.open(PATH)
    assert (await lost.send(page, {"key": old})).problems == ["key"]
    assert (await lost.send(page, {"key": new})).url == HOME
