"""The page of passkeys."""

from tests.product.accounts.credentials.authenticator import Authenticator
from tests.product.accounts.pages.browser import HOME, Browser
from tests.product.accounts.pages.people import ani_in, sign_up
from tests.product.accounts.pages.test_sign_in_passkey import PASSKEYS, fill_in, options_of
from tests.server import Server


async def test_a_passkey_is_added_named_listed_and_removed(amanat: Server) -> None:
    browser = await ani_in(amanat)
    page = await browser.open(PASSKEYS)
    assert "There is no passkey yet." in page.text
    made = Authenticator().create(options_of(page))
    assert (await fill_in(browser, page, made, name=" ")).problems == ["name"]
    page = await browser.open(PASSKEYS)
    listed = await fill_in(browser, page, Authenticator().create(options_of(page)), name="<b>Red</b> phone")
    assert "<b>Red</b> phone" in listed.text
    assert "b" not in {tag for tag, _ in listed.tags}
    assert "There is no passkey yet." in (await browser.send(listed)).text


async def test_the_same_passkey_is_not_added_twice(amanat: Server) -> None:
    browser, authenticator = await ani_in(amanat), Authenticator()
    for expected in (200, 400):
        page = await browser.open(PASSKEYS)
        added = await fill_in(browser, page, authenticator.create(options_of(page)), name="Red phone")
        assert added.status == expected


async def test_nobody_removes_another_s_passkey(amanat: Server) -> None:
    browser, eve = await ani_in(amanat), Browser(amanat)
    page = await browser.open(PASSKEYS)
    listed = await fill_in(browser, page, Authenticator().create(options_of(page)), name="Red phone")
    key = listed.forms[0]["fields"]["key"]
    await sign_up(eve, "eve", number="0813 3456 7890", e164="+6281334567890")
    csrf = (await eve.open(HOME)).csrf
    for wrong in (key, "", "!", "é"):
        assert (await eve.post(f"{PASSKEYS}/remove", {"csrf": csrf, "key": wrong})).status == 404
    assert "Red phone" in (await browser.open(PASSKEYS)).text
