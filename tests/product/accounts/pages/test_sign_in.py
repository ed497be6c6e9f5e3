"""Signing in and up with a phone number."""

from tests.product.accounts.pages.browser import HOME, SIGN_IN, Browser
from tests.product.accounts.pages.people import E164, NUMBER, last_code, prove, sign_up
from tests.server import Server

CODE = f"{SIGN_IN}/code"
LATER_MS = 16 * 60_000


async def _new_browser(server: Server) -> Browser:
    server.clock.pass_ms(LATER_MS)
    return Browser(server)


async def test_a_person_signs_up_with_a_number_and_signs_in_again_with_it(amanat: Server) -> None:
    browser = Browser(amanat)
    asked = await browser.open(SIGN_IN)
    (number,) = [named for tag, named in asked.tags if named.get("name") == "number"]
    assert (number["type"], number["autocomplete"]) == ("tel", "tel")
    code = await browser.send(asked, {"number": NUMBER})
    (field,) = [named for tag, named in code.tags if named.get("name") == "code"]
    assert (field["autocomplete"], field["inputmode"]) == ("one-time-code", "numeric")
    named = await browser.send(code, {"code": last_code(amanat)})
    offered = await browser.send(named, {"handle": "ani", "name": "Ani 🌺"})
    assert offered.url == "/_amanat/account/pin?welcome=1"
    assert "@ani" in (await browser.open(HOME)).text

    other = await _new_browser(amanat)
    assert (await prove(other)).url == HOME
    assert "@ani" in (await other.open(HOME)).text


async def test_somebody_new_is_called_what_they_chose_and_nothing_of_the_number_shows(amanat: Server) -> None:
    await sign_up(Browser(amanat), "ani", name="Ani")
    budi = await amanat.user("budi")
    found = (await budi.post("/user_directory/search", {"search_term": "ani"})).json["results"][0]
    assert found["display_name"] == "Ani"
    assert found["user_id"] not in ("@ani:localhost",)
    assert "812345" not in found["user_id"]


async def test_known_and_unknown_numbers_are_answered_alike(amanat: Server) -> None:
    await sign_up(Browser(amanat), "ani")
    known, unknown = await _new_browser(amanat), Browser(amanat)
    pages = []
    for browser, number in ((known, NUMBER), (unknown, "0813 3456 7890")):
        asked = await browser.open(SIGN_IN)
        code = await browser.send(asked, {"number": number})
        wrong = await browser.send(code, {"code": "000000"})
        pages.append([(page.status, page.text.replace(number, "NUMBER")) for page in (asked, code, wrong)])
    assert pages[0] == pages[1]


async def test_a_code_is_good_once_and_in_one_browser_alone(amanat: Server) -> None:
    browser, thief = Browser(amanat), Browser(amanat)
    code_page = await browser.send(await browser.open(SIGN_IN), {"number": NUMBER})
    await thief.open(SIGN_IN)
    assert (await thief.open(code_page.url)).status == 404
    code = last_code(amanat)
    assert "sign-up" in (await browser.send(code_page, {"code": code})).url
    again = await browser.send(code_page, {"code": code})
    assert (again.status, again.problems) == (400, ["code"])


async def test_a_wrong_code_may_be_tried_five_times(amanat: Server) -> None:
    browser = Browser(amanat)
    page = await browser.send(await browser.open(SIGN_IN), {"number": NUMBER})
    right = last_code(amanat)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    said = [(await browser.send(page, {"code": wrong})).text for _ in range(5)]
    assert "4 more times" in said[0]
    assert "Ask for a new code" in said[4]
    assert (await browser.send(page, {"code": right})).problems == ["code"]


async def test_a_new_code_voids_the_one_before(amanat: Server) -> None:
    browser = Browser(amanat)
    page = await browser.send(await browser.open(SIGN_IN), {"number": NUMBER})
    old = last_code(amanat)
    again = await browser.send(page, form=1)
    new = last_code(amanat)
    assert (await browser.send(page, {"code": old})).problems == ["code"]
    assert old == new or "sign-up" in (await browser.send(again, {"code": new})).url


async def test_what_is_no_number_is_refused_beside_the_field(amanat: Server) -> None:
    browser = Browser(amanat)
    for number in ("", "hello", "021 555 0100", "+1 212 555 0100", "'><script>"):
        page = await browser.send(await browser.open(SIGN_IN), {"number": number})
        assert (page.status, page.problems) == (400, ["number"]), number
        assert page.forms[0]["fields"]["number"] == number
        assert "script" not in {tag for tag, named in page.tags if "src" not in named}


async def test_somebody_comes_back_to_where_they_wanted_to_go(amanat: Server) -> None:
    browser = Browser(amanat)
    asked = await browser.open(f"{SIGN_IN}?next=%2F_amanat%2Faccount%2Fdevices")
    page = await browser.send(asked, {"number": NUMBER})
    page = await browser.send(page, {"code": last_code(amanat)})
    offered = await browser.send(page, {"handle": "ani"})
    (skip,) = [link for link in offered.links if link.endswith("/devices")]
    assert (await browser.open(skip)).status == 200

    other = await _new_browser(amanat)
    page = await other.send(await other.open(f"{SIGN_IN}?next=%2F_amanat%2Faccount%2Fdevices"), {"number": NUMBER})
    assert (await other.send(page, {"code": last_code(amanat)})).url == f"{HOME}devices"


async def test_another_site_is_nowhere_to_come_back_to(amanat: Server) -> None:
    await sign_up(Browser(amanat), "ani")
    for elsewhere in ("https%3A%2F%2Fevil.example%2F", "%2F%2Fevil.example", "%2F%5Cevil.example", "%2F%09%2Fevil"):
        browser = await _new_browser(amanat)
        page = await browser.send(await browser.open(f"{SIGN_IN}?next={elsewhere}"), {"number": NUMBER})
        assert (await browser.send(page, {"code": last_code(amanat)})).url == HOME


async def test_who_is_signed_in_is_not_asked_again(amanat: Server) -> None:
    browser = Browser(amanat)
    await sign_up(browser, "ani")
    assert (await browser.open(SIGN_IN)).url == HOME
    assert (await browser.open(f"{SIGN_IN}?again=1")).url == f"{SIGN_IN}?again=1"


async def test_without_an_adapter_for_texts_nobody_is_asked_for_a_number(serving: Server) -> None:
    page = await Browser(serving).open(SIGN_IN)
    assert page.url == f"{SIGN_IN}/password"
    assert SIGN_IN not in page.links


async def test_the_owner_hears_that_the_account_was_entered(amanat: Server) -> None:
    browser = Browser(amanat)
    await sign_up(browser, "ani")
    owner = await amanat.amanat.phone.phones.owner(amanat.amanat.phone.phones.hash_of(E164))
    assert owner is not None
    await prove(await _new_browser(amanat))
    notices = await amanat.amanat.credentials.notices.list(owner)
    assert notices[-1].kind == "entered"
