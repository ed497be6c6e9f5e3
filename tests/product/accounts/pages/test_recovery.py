"""Recovery keys and addresses for notices on the account pages."""

from tests.product.accounts.pages.browser import HOME, SIGN_IN, Browser
from tests.product.accounts.pages.people import ani_in
from tests.server import Server


async def test_a_recovery_code_is_shown_once_and_opens_the_account(amanat: Server) -> None:
    browser = await ani_in(amanat)
    shown = await browser.send(await browser.open(f"{HOME}recovery"))
    (key,) = [word for word in shown.text.split() if word.count("-") == 6]
    assert key not in (await browser.open(f"{HOME}recovery")).body
    lost = Browser(amanat)
    page = await lost.open(f"{SIGN_IN}/recovery")
    assert (await lost.send(page, {"key": "0000-0000"})).problems == ["key"]
    assert "@ani" in (await lost.send(page, {"key": key.lower()})).text


async def test_an_address_for_notices_is_confirmed_by_its_code(amanat: Server) -> None:
    browser = await ani_in(amanat)
    page = await browser.open(f"{HOME}recovery")
    assert (await browser.send(page, {"email": "nowhere"}, form=1)).problems == ["email"]
    asked = await browser.send(page, {"email": "ani@example.org"}, form=1)
    assert (await browser.send(asked, {"code": "x"})).problems == ["code"]
    inbox = amanat.amanat.inbox
    assert inbox is not None
    digits = [word.strip(".") for word in inbox.texts("ani@example.org")[0].text.split()]
    (code,) = {word for word in digits if word.isdigit() and len(word) == 6}
    done = await browser.send(asked, {"code": code})
    assert "a•••@e•••.org" in done.text
    assert "ani@example.org" not in done.body
