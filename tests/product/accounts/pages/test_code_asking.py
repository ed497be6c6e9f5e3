"""What is said when no code comes."""

from hashlib import sha256

from amanat.app import Amanat, Clock, Mode
from amanat.config import Config
from amanat.core.proof_of_work import zero_bits
from tests.product.accounts.pages.browser import SIGN_IN, Browser
from tests.server import FakeClock, Server


async def _demo(tmp_path: object) -> Server:
    """A server that limits codes and asks for work, as `amanat demo` does."""
    clock = FakeClock()
    config = Config(data=str(tmp_path), phone_work_bits=4)
    amanat = Amanat(config, mode=Mode.DEMO, clock=Clock(now_ms=clock.now_ms, monotonic=lambda: clock.ms / 1000))
    await amanat.open()
    return Server(amanat, clock)


def _solve(challenge: str, bits: int) -> str:
    tries = (f"{challenge}:{number}" for number in range(1 << 16))
    return next(text for text in tries if zero_bits(sha256(text.encode()).digest()) >= bits)


async def test_a_newcomer_shows_work_and_is_told_when_the_browser_cannot(tmp_path: object) -> None:
    server = await _demo(tmp_path)
    browser = Browser(server)
    page = await browser.open(SIGN_IN)
    (form,) = [named for tag, named in page.tags if "data-work" in named]
    idle = await browser.send(page, {"number": "0812 3456 7890"})
    assert (idle.status, idle.problems) == (400, ["number"])
    assert "JavaScript" in idle.text
    assert any(named.get("data-now") for _, named in idle.tags)
    work = _solve(form["data-work"], int(form["data-bits"]))
    assert "/code" in (await browser.send(page, {"number": "0812 3456 7890", "work": work})).url
    await server.amanat.close()


async def test_a_second_code_has_to_be_waited_for(tmp_path: object) -> None:
    server = await _demo(tmp_path)
    browser = Browser(server)
    page = await browser.open(SIGN_IN)
    (form,) = [named for tag, named in page.tags if "data-work" in named]
    work = _solve(form["data-work"], int(form["data-bits"]))
    code = await browser.send(page, {"number": "0812 3456 7890", "work": work})
    assert "60 seconds" in code.text
    early = await browser.send(code, form=1)
    assert (early.status, early.problems) == (400, ["code"])
    assert "1 minutes" in early.text
    server.clock.pass_ms(61_000)
    assert (await browser.send(code, form=1)).status == 200
    await server.amanat.close()
