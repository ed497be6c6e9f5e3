"""The page of the PIN."""

from tests.product.accounts.pages.browser import HOME
from tests.product.accounts.pages.people import ani_in
from tests.server import Server


async def test_a_pin_is_set_changed_and_removed(amanat: Server) -> None:
    browser = await ani_in(amanat)
    page = await browser.open(f"{HOME}pin")
    assert (await browser.send(page, {"pin": "123456", "repeated": "123456"})).problems == ["pin"]
    assert (await browser.send(page, {"pin": "739154", "repeated": "739155"})).problems == ["repeated"]
    page = await browser.send(page, {"pin": "739154", "repeated": "739154"})
    assert "A PIN guards your account." in page.text
    assert "739154" not in page.body
    page = await browser.send(page, form=1)
    assert "A PIN guards your account." not in page.text
