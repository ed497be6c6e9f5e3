"""The pages put together."""

from pathlib import Path

from amanat.app import Amanat, Clock, Mode
from amanat.config import Config
from tests.product.accounts.pages.browser import PASSWORD, Browser
from tests.server import FakeClock, Server


async def test_behind_https_all_cookies_are_bound_to_the_host(tmp_path: Path) -> None:
    clock = FakeClock()
    config = Config(data=str(tmp_path), public_url="https://localhost")
    server = Server(Amanat(config, mode=Mode.LAB, clock=Clock(now_ms=clock.now_ms)), clock)
    await server.amanat.open()
    browser = Browser(server)
    await browser.open(f"{PASSWORD}?lang=en")
    assert set(browser.cookies) == {"__Host-amanat", "__Host-amanat-language"}
    assert all("; Secure" in cookie and "; HttpOnly; SameSite=Lax" in cookie for cookie in browser.set_cookies)
    await server.user("ani")
    assert (await browser.sign_in("ani")).status == 200
    await server.amanat.close()
