"""Which ways to sign in a page names."""

from amanat.app import Amanat, Clock, Mode
from amanat.config import Config
from tests.product.accounts.pages.browser import PASSWORD, SIGN_IN, Browser
from tests.server import FakeClock, Server


async def test_each_way_names_the_others_and_keeps_where_one_wants_to_go(amanat: Server) -> None:
    page = await Browser(amanat).open(f"{SIGN_IN}?next=%2Fx")
    named = [link for link in page.links if link.startswith("/_amanat/account/sign-")]
    assert f"{PASSWORD}?next=%2Fx" in named
    assert "/_amanat/account/sign-up?without_number=1&next=%2Fx" in named
    assert not any(link.partition("?")[0] == SIGN_IN for link in named[1:])


async def test_the_operator_can_do_without_passwords_and_ask_everybody_for_a_number(tmp_path: object) -> None:
    clock = FakeClock()
    config = Config(data=str(tmp_path), password_login=False, number_optional=False)
    server = Server(Amanat(config, mode=Mode.LAB, clock=Clock(now_ms=clock.now_ms)), clock)
    await server.amanat.open()
    browser = Browser(server)
    page = await browser.open(SIGN_IN)
    assert PASSWORD not in page.links
    assert not any("without_number" in link for link in page.links)
    assert (await browser.get(PASSWORD)).status == 404
    assert (await browser.open("/_amanat/account/sign-up?without_number=1")).url.startswith(SIGN_IN)
    await server.amanat.close()
