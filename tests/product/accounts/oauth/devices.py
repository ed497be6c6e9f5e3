"""A device that waits to be let in, for tests."""

from typing import Any

from tests.product.accounts.oauth.app import App, signed_in
from tests.product.accounts.pages.browser import Browser, Page
from tests.server import Server


async def ask_in(server: Server, *, address: str = "192.0.2.1") -> tuple[Browser, App, Any]:
    """Make an account with a browser that is signed in, and a device that waits; return what it was told."""
    browser, app = await signed_in(server), App(server)
    app.address = address
    await app.register()
    begun = await app.post("device", client_id=app.client_id, scope=app.scope)
    assert begun.status == 200, begun.json
    return browser, app, begun.json


async def device_page(browser: Browser, begun: Any) -> Page:
    """Open the link that a device shows."""
    return await browser.open(begun["verification_uri_complete"].removeprefix("http://localhost:8008"))
