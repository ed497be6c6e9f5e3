"""Signing in to the pages with a password."""

import pytest

from tests.product.accounts.pages.browser import HOME, PASSWORD, Browser
from tests.server import Server


async def test_a_person_signs_in_with_handle_and_password(amanat: Server) -> None:
    await amanat.user("ani")
    browser = Browser(amanat)
    asked = await browser.open(HOME)
    (way,) = [link for link in asked.links if link.startswith(PASSWORD)]
    asked = await browser.open(way)
    home = await browser.send(asked, {"user": "ani", "password": "ani's long password"})
    assert (home.status, home.url) == (200, HOME)
    assert "@ani" in home.text


@pytest.mark.parametrize(("user", "password"), [("ani", "hunter2 and more"), ("nobody", "ani's long password")])
async def test_who_errs_is_not_told_which_of_the_two_was_wrong(amanat: Server, user: str, password: str) -> None:
    await amanat.user("ani")
    browser = Browser(amanat)
    refused = await browser.send(await browser.open(PASSWORD), {"user": user, "password": password})
    assert (refused.status, refused.problems) == (403, ["password"])
    assert "The user name or the password is wrong." in refused.text
    assert password not in refused.body


async def test_what_was_typed_is_still_there_after_a_mistake(amanat: Server) -> None:
    browser = Browser(amanat)
    refused = await browser.send(await browser.open(PASSWORD), {"user": "ani", "password": ""})
    assert (refused.status, refused.problems) == (400, ["password"])
    assert refused.forms[0]["fields"]["user"] == "ani"


async def test_somebody_comes_back_to_the_page_that_asked_for_signing_in(amanat: Server) -> None:
    await amanat.user("ani")
    browser = Browser(amanat)
    asked = await browser.open(f"{PASSWORD}?next=%2F_amanat%2Faccount%2F%3Flang%3Did")
    home = await browser.send(asked, {"user": "ani", "password": "ani's long password"})
    assert home.url == "/_amanat/account/?lang=id"
    assert "Akunmu" in home.text


async def test_guesses_at_one_account_are_few(serving: Server) -> None:
    await serving.newcomer("ani")
    browser = Browser(serving, language="id")
    page = await browser.open(PASSWORD)
    statuses = [(await browser.send(page, {"user": "ani", "password": f"guess {n}"})).status for n in range(22)]
    assert statuses[-1] == 429
    refused = await browser.send(page, {"user": "ani", "password": "ani's long password"})
    assert refused.status == 429
    assert "Terlalu banyak percobaan" in refused.text
    assert int(refused.headers["retry-after"]) >= 1
