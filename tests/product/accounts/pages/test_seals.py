"""What one step tells the next."""

from msgspec import Struct

from amanat.product.accounts.pages.browser_sessions import BrowserSession
from amanat.product.accounts.pages.seals import STEP_MS, Seals
from tests.server import FakeClock


class Step(Struct, frozen=True):
    number: str


class Other(Struct, frozen=True):
    number: str


def _session(key: bytes = b"k" * 32) -> BrowserSession:
    return BrowserSession(key=key, user_id=None, csrf="", signed_in_ts=0)


def _seals(clock: FakeClock | None = None, *, secret: bytes = b"s" * 32) -> Seals:
    return Seals(secret=lambda: secret, now_ms=(clock or FakeClock()).now_ms)


def test_the_next_step_is_told_and_nobody_else() -> None:
    seals, session = _seals(), _session()
    sealed = seals.seal(session, Step("+62812"))
    assert seals.open(session, sealed, kind=Step) == Step("+62812")
    assert "62812" not in sealed
    assert seals.open(_session(b"x" * 32), sealed, kind=Step) is None
    assert seals.open(session, sealed, kind=Other) is None
    assert _seals(secret=b"t" * 32).open(session, sealed, kind=Step) is None


def test_what_was_changed_is_refused() -> None:
    seals, session = _seals(), _session()
    sealed = seals.seal(session, Step("+62812"))
    for wrong in (None, "", "!", "AAAA", "é", sealed[:-2], sealed[:-1] + ("A" if sealed[-1] != "A" else "Q") + "AAA"):
        assert seals.open(session, wrong, kind=Step) is None


def test_a_step_takes_no_longer_than_its_time() -> None:
    clock = FakeClock()
    seals, session = _seals(clock), _session()
    sealed = seals.seal(session, Step("+62812"))
    clock.pass_ms(STEP_MS - 1000)
    assert seals.open(session, sealed, kind=Step) is not None
    clock.pass_ms(1000)
    assert seals.open(session, sealed, kind=Step) is None
