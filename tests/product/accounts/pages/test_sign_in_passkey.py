"""Signing in, and up, with a passkey."""

from typing import Any

from msgspec import json

from tests.product.accounts.credentials.authenticator import Authenticator, Lies
from tests.product.accounts.pages.browser import HOME, SIGN_IN, Browser, Page
from tests.product.accounts.pages.people import ani_in
from tests.server import Server

PASSKEYS = f"{HOME}passkeys"
SIGN_UP = "/_amanat/account/sign-up?without_number=1"


def options_of(page: Page) -> dict[str, Any]:
    """Read what the page's script would take."""
    (form,) = [named for tag, named in page.tags if "data-passkey" in named]
    options: dict[str, Any] = json.decode(form["data-options"])
    return options


def form_of(page: Page) -> int:
    """Return which form asks for the passkey."""
    return next(index for index, form in enumerate(page.forms) if "credential" in form["fields"])


async def fill_in(browser: Browser, page: Page, credential: dict[str, Any], **more: str) -> Page:
    """Send the form as the script does."""
    fields = {"credential": json.encode(credential).decode()} | more
    return await browser.send(page, fields, form=form_of(page))


async def test_a_person_signs_up_with_a_passkey_alone_and_comes_back_with_it(amanat: Server) -> None:
    browser, authenticator = Browser(amanat), Authenticator()
    page = await browser.send(await browser.open(SIGN_UP), {"handle": "ani", "name": "Ani"})
    assert options_of(page)["user"]["name"] == "ani"
    assert "@ani" in (await fill_in(browser, page, authenticator.create(options_of(page)))).text

    other = Browser(amanat)
    page = await other.open(f"{SIGN_IN}/passkey?next=%2F_amanat%2Faccount%2Fprofile")
    signed_in = await fill_in(other, page, authenticator.get(options_of(page)))
    assert signed_in.url == f"{HOME}profile"
    assert signed_in.forms[0]["fields"]["name"] == "Ani"


async def test_no_account_is_made_without_a_passkey(amanat: Server) -> None:
    browser = Browser(amanat)
    page = await browser.send(await browser.open(SIGN_UP), {"handle": "ani"})
    for credential in ({}, {"id": 1}, Authenticator().create(options_of(page), Lies(origin="https://evil.example"))):
        page = await fill_in(browser, page, credential)
        assert page.status == 403
    assert await amanat.amanat.accounts.page() == []


async def test_a_handle_that_was_taken_meanwhile_leaves_no_passkey_behind(amanat: Server) -> None:
    browser, authenticator = Browser(amanat), Authenticator()
    page = await browser.send(await browser.open(SIGN_UP), {"handle": "ani"})
    await amanat.user("ani")
    asked = await fill_in(browser, page, authenticator.create(options_of(page)))
    assert (asked.status, asked.problems) == (400, ["handle"])
    other = Browser(amanat)
    page = await other.open(f"{SIGN_IN}/passkey")
    assert (await fill_in(other, page, authenticator.get(options_of(page)))).status == 403

    page = await browser.send(asked, {"handle": "ani.dua"})
    assert "@ani.dua" in (await fill_in(browser, page, authenticator.create(options_of(page)))).text


async def test_a_passkey_of_nobody_opens_nothing_and_may_be_tried_again(amanat: Server) -> None:
    browser, authenticator = Browser(amanat), Authenticator()
    page = await browser.open(f"{SIGN_IN}/passkey")
    refused = await fill_in(browser, page, authenticator.get(options_of(page)))
    assert refused.status == 403
    assert "That passkey cannot be used here" in refused.text
    assert options_of(refused)["challenge"] != options_of(page)["challenge"]


async def test_an_answer_is_good_in_the_browser_that_asked_alone(amanat: Server) -> None:
    browser, authenticator = await ani_in(amanat), Authenticator()
    page = await browser.open(PASSKEYS)
    await fill_in(browser, page, authenticator.create(options_of(page)), name="Red phone")
    asked, thief = Browser(amanat), Browser(amanat)
    answer = authenticator.get(options_of(await asked.open(f"{SIGN_IN}/passkey")))
    assert (await fill_in(thief, await thief.open(f"{SIGN_IN}/passkey"), answer)).status == 403
