"""One's own data with a browser: a copy, and what an erasure leaves."""

import io
from zipfile import ZipFile

from amanat.edge.responses import Stream
from amanat.product.accounts.pages.words import load
from amanat.product.holdings import HOLDINGS
from tests.edge.asking import Client, asking
from tests.product.accounts.pages.browser import HOME, SIGN_IN, Browser
from tests.product.accounts.pages.people import ani_in
from tests.server import Server

PATH = f"{HOME}data"
COPY = f"{PATH}/copy"
DOWNLOAD = f"{COPY}/download"
HOUR_MS = 3_600_000


async def _download(browser: Browser) -> Stream:
    headers = {
        "host": "localhost:8008",
        "cookie": "; ".join(f"{key}={value}" for key, value in browser.cookies.items()),
    }
    answer = await browser.server.amanat.client_app(asking("GET", DOWNLOAD, headers, incoming=Client([b""]).incoming))
    assert isinstance(answer, Stream)
    return answer


async def test_a_copy_is_asked_for_awaited_and_downloaded(amanat: Server) -> None:
    browser = await ani_in(amanat)
    assert COPY in (await browser.open(HOME)).links
    assert (await browser.open(DOWNLOAD)).url == COPY
    asked = await browser.send(await browser.open(COPY))
    assert asked.url == COPY
    (account,) = await amanat.amanat.accounts.page()
    await amanat.amanat.jobs.done("export", account.user_id)
    ready = await browser.open(COPY)
    assert DOWNLOAD in ready.links
    answer = await _download(browser)
    archive = ZipFile(io.BytesIO(b"".join([piece async for piece in answer.chunks])))
    assert '"handle":"ani"' in archive.read("data/users.json").decode()
    assert (b"cache-control", b"no-store") in answer.headers
    again = await browser.send(ready)
    assert (again.status, "Too many attempts" in again.text) == (429, True)


async def test_who_signed_in_long_ago_proves_again_who_they_are(amanat: Server) -> None:
    browser = await ani_in(amanat)
    page = await browser.open(COPY)
    amanat.clock.pass_ms(HOUR_MS)
    assert (await browser.open(PATH)).url == PATH
    assert (await browser.send(page)).url.startswith(SIGN_IN)
    assert (await browser.open(DOWNLOAD)).url.startswith(SIGN_IN)


async def test_what_is_held_is_listed_and_what_stays_says_why(amanat: Server) -> None:
    browser = await ani_in(amanat)
    page = await browser.open(PATH)
    for holding in HOLDINGS:
        assert holding.en in page.text
    assert page.text.count("Stays.") == sum(holding.stays is not None for holding in HOLDINGS)
    assert f"{HOME}deactivate" in page.links


def test_there_is_a_reason_in_both_languages_for_what_stays_and_for_nothing_else() -> None:
    reasons = {
        key.removeprefix("data_stays.") for key in load(["amanat.product.rights"]) if key.startswith("data_stays")
    }
    assert reasons == {holding.name for holding in HOLDINGS if holding.stays is not None}
