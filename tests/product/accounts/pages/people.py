"""How tests sign up and in with a number, as people do."""

import re

from tests.product.accounts.pages.browser import SIGN_IN, Browser, Page
from tests.server import Server

NUMBER = "0812 3456 7890"
E164 = "+6281234567890"


def last_code(server: Server, number: str = E164) -> str:
    """Read the code from the last text to a number."""
    inbox = server.amanat.inbox
    assert inbox is not None
    text = inbox.texts(number)[0].text
    found = re.search(r"#(\d{6})", text)
    assert found is not None
    return found[1]


async def prove(browser: Browser, number: str = NUMBER, *, e164: str = E164) -> Page:
    """Ask for a code and enter it; return where that leads."""
    page = await browser.send(await browser.open(SIGN_IN), {"number": number})
    return await browser.send(page, {"code": last_code(browser.server, e164)})


async def sign_up(browser: Browser, handle: str, *, name: str = "", number: str = NUMBER, e164: str = E164) -> Page:
    """Sign up with a number; return the page that offers a PIN."""
    return await browser.send(await prove(browser, number, e164=e164), {"handle": handle, "name": name})


async def ani_in(server: Server) -> Browser:
    """Return the browser of somebody who has just signed up, as "ani"."""
    browser = Browser(server)
    await sign_up(browser, "ani", name="Ani")
    return browser
