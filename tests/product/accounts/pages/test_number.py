"""The page of the number."""

from tests.product.accounts.pages.browser import HOME, SIGN_IN, Browser
from tests.product.accounts.pages.people import NUMBER, ani_in, last_code, sign_up
from tests.server import Server


async def test_a_number_is_seen_masked_changed_by_a_code_and_found_only_if_wished(amanat: Server) -> None:
    browser = await ani_in(amanat)
    page = await browser.open(f"{HOME}number")
    assert "+62 ••• ••90" in page.text
    assert "findable" not in page.forms[0]["fields"]
    switched = await browser.send(page, {"findable": "1"})
    assert switched.forms[0]["fields"]["findable"] == "1"
    switched.forms[0]["fields"].pop("findable")
    assert "findable" not in (await browser.send(switched)).forms[0]["fields"]

    change = await browser.open(f"{HOME}number/change")
    code = await browser.send(change, {"number": "0813 3456 7891"})
    assert "+62 ••• ••91" in (await browser.send(code, {"code": last_code(amanat, "+6281334567891")})).text


async def test_a_number_of_another_account_is_not_taken_and_a_code_for_it_signs_nobody_in(amanat: Server) -> None:
    await ani_in(amanat)
    other = Browser(amanat)
    await sign_up(other, "budi", number="0813 3456 7890", e164="+6281334567890")
    code = await other.send(await other.open(f"{HOME}number/change"), {"number": NUMBER})
    thief = Browser(amanat)
    page = await thief.send(await thief.open(SIGN_IN), {"number": "0814 3456 7890"})
    assert (await thief.send(page, {"code": last_code(amanat)})).problems == ["code"]
    taken = await other.send(code, {"code": last_code(amanat)})
    assert (taken.status, taken.problems) == (400, ["code"])
