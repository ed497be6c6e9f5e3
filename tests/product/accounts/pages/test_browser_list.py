"""The browsers that are signed in."""

from tests.product.accounts.pages.browser import HOME, Browser
from tests.product.accounts.pages.people import ani_in, prove
from tests.server import Server

HOUR_MS = 3_600_000


async def test_other_browsers_are_signed_out(amanat: Server) -> None:
    browser = await ani_in(amanat)
    amanat.clock.pass_ms(HOUR_MS)
    other = Browser(amanat, user_agent="Mozilla/5.0 (Windows NT 10.0) Chrome/140")
    await prove(other)
    page = await browser.open(f"{HOME}browsers")
    assert "Chrome, Windows" in page.text
    assert "Firefox, Android" in page.text
    assert "All other browsers are signed out." in (await browser.send(page)).text
    assert (await browser.open(HOME)).url == HOME
    assert (await other.open(HOME)).url != HOME
