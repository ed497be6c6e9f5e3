"""The PIN between a number and its account."""

from amanat.core.pins import LAPSES_MS
from tests.product.accounts.pages.browser import HOME, SIGN_IN, Browser, Page
from tests.product.accounts.pages.people import E164, prove, sign_up
from tests.server import Server

PIN = "739154"
LATER_MS = 25 * 3_600_000


async def _with_pin(server: Server) -> str:
    """Make an account that a PIN guards; return its id."""
    browser = Browser(server)
    page = await sign_up(browser, "ani")
    assert (await browser.send(page, {"pin": PIN, "repeated": PIN})).url == HOME
    return await _owner(server)


async def _owner(server: Server) -> str:
    phones = server.amanat.phone.phones
    owner = await phones.owner(phones.hash_of(E164))
    assert owner is not None
    return owner


async def _asked(server: Server) -> tuple[Browser, Page]:
    server.clock.pass_ms(LATER_MS)
    browser = Browser(server)
    page = await prove(browser)
    assert page.url.startswith(f"{SIGN_IN}/pin")
    return browser, page


async def test_the_right_pin_opens_the_account(amanat: Server) -> None:
    await _with_pin(amanat)
    browser, page = await _asked(amanat)
    assert "@ani" in (await browser.send(page, {"pin": PIN})).text


async def test_who_swapped_the_sim_does_not_get_in_and_the_owner_hears_of_it(amanat: Server) -> None:
    owner = await _with_pin(amanat)
    thief, page = await _asked(amanat)
    wrong = await thief.send(page, {"pin": "111111"})
    assert (wrong.status, wrong.problems) == (403, ["pin"])
    assert len(wrong.forms) == 1, "No new account is offered while the lock holds."
    assert (await thief.open(HOME)).url != HOME
    assert "pin_asked" in {notice.kind for notice in await amanat.amanat.credentials.notices.list(owner)}


async def test_the_locked_number_makes_no_new_account_whatever_the_browser_sends(amanat: Server) -> None:
    owner = await _with_pin(amanat)
    thief, page = await _asked(amanat)
    step = page.url.partition("?")[2]
    for path in (f"{SIGN_IN}/pin/anew", "/_amanat/account/sign-up"):
        sent = await thief.post(f"{path}?{step}", {"csrf": page.csrf, "handle": "thief"})
        assert sent.status in (200, 403), path
    assert await _owner(amanat) == owner


async def test_after_a_week_the_number_makes_a_new_account_and_opens_nothing_of_the_old(amanat: Server) -> None:
    owner = await _with_pin(amanat)
    amanat.clock.pass_ms(LAPSES_MS)
    browser, page = await _asked(amanat)
    anew = await browser.send(page, form=1)
    assert anew.url.startswith("/_amanat/account/sign-up")
    await browser.send(anew, {"handle": "budi"})
    new_owner = await _owner(amanat)
    assert new_owner != owner
    assert "@budi" in (await browser.open(HOME)).text
    old = await amanat.amanat.accounts.get(owner)
    assert old is not None
    assert (old.handle, old.deactivated_ts) == ("ani", None)
    assert await amanat.amanat.phone.phones.masked(owner) is None
    assert "number_changed" in {notice.kind for notice in await amanat.amanat.credentials.notices.list(owner)}


async def test_even_after_a_week_the_pin_still_opens_the_account(amanat: Server) -> None:
    await _with_pin(amanat)
    amanat.clock.pass_ms(LAPSES_MS)
    browser, page = await _asked(amanat)
    assert "@ani" in (await browser.send(page, {"pin": PIN})).text


async def test_guesses_at_the_pin_wait_longer_and_longer(amanat: Server) -> None:
    await _with_pin(amanat)
    thief, page = await _asked(amanat)
    said = [(await thief.send(page, {"pin": f"73915{n}"})).text for n in (5, 6, 7, 8, 9, 5, 6)]
    assert "tried too often" in said[-1]
    assert "tried too often" in (await thief.send(page, {"pin": PIN})).text
