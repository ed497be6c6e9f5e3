"""How long, and how much of, what readers share is kept."""

import pytest
from msgspec import Raw

from amanat.handlers import sync_changes
from amanat.handlers.sync_changes import LIFE_MS, Changes, SharedChanges


class Clock:
    """Milliseconds, as a test sets them."""

    def __init__(self) -> None:
        self.ms = 1_000_000

    def now_ms(self) -> int:
        return self.ms


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shared(clock: Clock) -> SharedChanges:
    return SharedChanges(now_ms=clock.now_ms)


def changes(timeline: bytes = b"{}") -> Changes:
    return Changes(
        timeline=Raw(timeline),
        state=Raw(b"{}"),
        silent=False,
        member_changes=[],
        apart=frozenset(),
        senders=frozenset(),
        receipts=[],
        told_receipts_apart=frozenset(),
        readers=frozenset(),
    )


def test_who_comes_next_is_given_what_was_made(shared: SharedChanges) -> None:
    made = changes()
    shared.keep(("room", 1, 2), made)
    assert shared.find(("room", 1, 2)) is made
    assert shared.find(("room", 1, 3)) is None


def test_what_is_old_is_made_again(shared: SharedChanges, clock: Clock) -> None:
    shared.keep("a", changes())
    clock.ms += LIFE_MS
    assert shared.find("a") is None


def test_a_clock_that_is_set_back_keeps_nothing_for_ever(shared: SharedChanges, clock: Clock) -> None:
    shared.keep("a", changes())
    clock.ms -= 1
    assert shared.find("a") is None


def test_there_is_an_end_to_what_is_kept(shared: SharedChanges, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync_changes, "MAX_BYTES", 10_000)
    for number in range(20):
        shared.keep(number, changes(b"x" * 2_000))
    assert [number for number in range(20) if shared.find(number)] == [17, 18, 19]
    shared.keep("too large", changes(b"x" * 20_000))
    assert not any(shared.find(number) for number in range(20))
    shared.keep("small", changes())
    assert shared.find("small") is not None
