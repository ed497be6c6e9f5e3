"""Handle and name on the account pages."""

from tests.product.accounts.pages.browser import HOME
from tests.product.accounts.pages.people import ani_in
from tests.server import Server


async def test_handle_and_name_are_changed(amanat: Server) -> None:
    await amanat.user("budi")
    browser = await ani_in(amanat)
    page = await browser.open(f"{HOME}profile")
    assert page.forms[0]["fields"]["handle"] == "ani"
    taken = await browser.send(page, {"handle": "budi"})
    assert (taken.status, taken.problems) == (400, ["handle"])
    assert (await browser.send(page, {"handle": "Ani Sari"})).problems == ["handle"]
    saved = await browser.send(page, {"handle": "ani.sari", "name": ""})
    assert "Saved." in saved.text
    assert saved.forms[0]["fields"] | {"csrf": ""} == {"csrf": "", "handle": "ani.sari", "name": ""}
