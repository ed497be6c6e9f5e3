"""What holds for every visit to a page."""

from tests.product.accounts.pages.browser import HOME, SIGN_IN, Browser
from tests.product.accounts.pages.people import NUMBER, ani_in, last_code
from tests.server import Server

HOUR_MS = 3_600_000


async def test_what_cannot_be_undone_asks_who_is_there_after_a_while(amanat: Server) -> None:
    browser = await ani_in(amanat)
    amanat.clock.pass_ms(HOUR_MS)
    for path in ("pin", "passkeys", "recovery", "deactivate", "number/change"):
        asked = await browser.open(f"{HOME}{path}")
        assert (asked.url.partition("?")[0], "again=1" in asked.url) == (SIGN_IN, True)
    assert "show once more that it is you" in asked.text
    page = await browser.send(asked, {"number": NUMBER})
    assert (await browser.send(page, {"code": last_code(amanat)})).url == f"{HOME}number/change"


async def test_a_refusal_is_a_page_in_the_reader_s_language(amanat: Server) -> None:
    browser = Browser(amanat, language="id")
    refused = await browser.post(f"{SIGN_IN}/password", {"user": "ani"})
    assert refused.status == 403
    assert ("html", {"lang": "id"}) in refused.tags
    assert "Halaman ini terbuka terlalu lama" in refused.text


async def test_a_form_that_is_none_is_refused_as_a_page(amanat: Server) -> None:
    browser = Browser(amanat)
    await browser.open(SIGN_IN)
    refused = await browser.post(SIGN_IN, {}, headers={"content-type": "application/json"})
    assert refused.status == 400
    assert "Nothing has changed." in refused.text


async def test_who_is_over_the_limit_of_their_address_reads_it_on_a_page(serving: Server) -> None:
    browser = Browser(serving, language="id")
    page = await browser.open(SIGN_IN)
    while page.status == 200:
        page = await browser.open(SIGN_IN)
    assert page.status == 429
    assert "Terlalu banyak percobaan" in page.text
    told = await serving.request("GET", "/_amanat/account/nowhere")
    assert told.errcode == "M_UNRECOGNIZED"
