"""Ending an account with a browser."""

from tests.product.accounts.pages.browser import HOME, SIGN_IN, Browser
from tests.product.accounts.pages.people import ani_in, prove
from tests.server import Server

HOUR_MS = 3_600_000


async def test_an_old_session_ends_no_account_by_a_form_it_kept(amanat: Server) -> None:
    browser = await ani_in(amanat)
    form = await browser.open(f"{HOME}deactivate")
    amanat.clock.pass_ms(HOUR_MS)
    assert (await browser.send(form, {"understood": "1"})).url.startswith(SIGN_IN)
    assert "@ani" in (await browser.open(HOME)).text


async def test_a_person_ends_their_account(amanat: Server) -> None:
    browser, other = await ani_in(amanat), Browser(amanat)
    amanat.clock.pass_ms(HOUR_MS)
    await prove(other)
    page = await other.open(f"{HOME}deactivate")
    assert (await other.send(page, {"erase": "1"})).problems == ["understood"]
    gone = await other.send(page, {"understood": "1", "erase": "1"})
    assert "The account is closed" in gone.text
    for left in (browser, other):
        assert (await left.open(HOME)).url != HOME
    (account,) = await amanat.amanat.accounts.page()
    assert (account.erased, account.handle) == (1, None)
