"""Choosing a handle and a name."""

import asyncio

import pytest

from tests.product.accounts.pages.browser import HOME, Browser
from tests.product.accounts.pages.people import E164, prove, sign_up
from tests.server import Server

SIGN_UP = "/_amanat/account/sign-up"


@pytest.mark.parametrize("handle", ["ani", "ANI", "an1", "a.ni", "аni"])
async def test_a_handle_that_is_taken_or_looks_like_it_is_refused(amanat: Server, handle: str) -> None:
    await sign_up(Browser(amanat), "ani")
    browser = Browser(amanat)
    page = await prove(browser, "0813 3456 7890", e164="+6281334567890")
    refused = await browser.send(page, {"handle": handle, "name": "Ani"})
    expected = 200 if handle == "a.ni" else 400
    assert refused.status == expected
    if expected == 400:
        assert refused.problems == ["handle"]
        assert refused.forms[0]["fields"]["name"] == "Ani"


async def test_an_account_needs_a_handle_and_takes_no_name_that_hides_something(amanat: Server) -> None:
    browser = Browser(amanat)
    page = await prove(browser)
    assert (await browser.send(page, {"handle": ""})).problems == ["handle"]
    for name in ("a" * 101, "evil\u202egnp.exe", "a\nb"):
        assert (await browser.send(page, {"handle": "ani", "name": name})).problems == ["name"]
    assert (await browser.send(page, {"handle": "ani", "name": "آنی 🌺"})).status == 200


async def test_a_script_in_a_name_is_a_name(amanat: Server) -> None:
    browser = Browser(amanat)
    await sign_up(browser, "ani", name="<script>alert(1)</script>")
    page = await browser.open("/_amanat/account/profile")
    assert page.forms[0]["fields"]["name"] == "<script>alert(1)</script>"
    assert "script" not in {tag for tag, _ in page.tags}


async def test_who_presses_the_button_twice_has_one_account(amanat: Server) -> None:
    browser = Browser(amanat)
    page = await prove(browser)
    fields = {"csrf": page.csrf, "name": ""}
    sent = await asyncio.gather(*(browser.post(page.url, {**fields, "handle": handle}) for handle in ("ani", "ani2")))
    assert sorted(answer.status for answer in sent) == [303, 403]
    everybody = await amanat.amanat.accounts.page()
    assert len(everybody) == 1
    assert await amanat.amanat.phone.phones.owner(amanat.amanat.phone.phones.hash_of(E164)) == everybody[0].user_id


async def test_the_step_has_its_time(amanat: Server) -> None:
    browser = Browser(amanat)
    page = await prove(browser)
    amanat.clock.pass_ms(16 * 60_000)
    late = await browser.send(page, {"handle": "ani"})
    assert late.status == 404
    assert "The time for this step is over" in late.text


async def test_who_comes_without_anything_is_asked_for_a_number_first(amanat: Server) -> None:
    page = await Browser(amanat).open(f"{SIGN_UP}?next=%2F_amanat%2Faccount%2Fdevices")
    assert page.url == "/_amanat/account/sign-in?next=%2F_amanat%2Faccount%2Fdevices"


async def test_without_a_number_one_needs_a_passkey_and_where_the_operator_says_so_an_invitation(
    serving: Server,
) -> None:
    browser = Browser(serving)
    page = await browser.open(f"{SIGN_UP}?without_number=1")
    refused = await browser.send(page, {"handle": "ani", "token": "guess"})
    assert (refused.status, refused.problems) == (400, ["token"])
    token = await serving.amanat.registration_tokens.new(uses_allowed=1, expires_ts=None)
    asked = await browser.send(page, {"handle": "ani", "token": token})
    assert asked.url.startswith(f"{SIGN_UP}/passkey")
    assert asked.forms[0]["fields"].keys() == {"csrf", "credential"}
    assert await serving.amanat.accounts.page() == []
    assert (await browser.open(HOME)).url != HOME
