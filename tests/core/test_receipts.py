"""Where a person stands, and who is told."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from amanat.core.errors import InvalidParam
from amanat.core.receipts import (
    FULLY_READ,
    KINDS,
    MAIN,
    READ,
    READ_PRIVATE,
    SENT,
    UNTHREADED,
    check_kind,
    contents,
    is_visible,
    moves_forward,
    thread_of_receipt,
)

ALICE, BOB = "@alice:example.org", "@bob:example.org"


class Receipt(Struct, frozen=True, kw_only=True):
    user_id: str = ALICE
    kind: str = READ
    thread: str = UNTHREADED
    event_id: str = "$e"
    ts: int = 1


@settings(max_examples=100)
@given(st.lists(st.integers(0, 99), min_size=1))
def test_after_any_receipts_you_stand_at_the_furthest_one(positions: list[int]) -> None:
    at: int | None = None
    for position in positions:
        if moves_forward(at, position):
            at = position
    assert at == max(positions)


@pytest.mark.parametrize(
    ("body", "event_thread", "thread"),
    [
        ({}, None, UNTHREADED),
        ({}, "$root", UNTHREADED),
        ({"thread_id": "main"}, None, MAIN),
        ({"thread_id": "$root"}, "$root", "$root"),
        ({"thread_id": "$e"}, None, "$e"),
    ],
)
def test_a_receipt_is_for_its_events_thread(body: dict[str, Any], event_thread: str | None, thread: str) -> None:
    assert thread_of_receipt(body, kind=READ, event_id="$e", event_thread=event_thread) == thread


@pytest.mark.parametrize(
    ("kind", "thread_id", "event_thread"),
    [
        (READ, "", None),
        (READ, None, None),
        (READ, 1, None),
        (READ, "main", "$root"),
        (READ, "$root", None),
        (READ, "$root", "$other"),
        (FULLY_READ, "main", None),
    ],
)
def test_a_receipt_for_another_thread_is_refused(kind: str, thread_id: Any, event_thread: str | None) -> None:
    with pytest.raises(InvalidParam):
        thread_of_receipt({"thread_id": thread_id}, kind=kind, event_id="$e", event_thread=event_thread)


def test_three_kinds_of_receipt_can_be_sent() -> None:
    for kind in KINDS:
        check_kind(kind)
    for kind in ("m.seen", SENT, ""):
        with pytest.raises(InvalidParam):
            check_kind(kind)


@pytest.mark.parametrize(
    ("kind", "to_others", "to_oneself"),
    [(READ, True, True), (READ_PRIVATE, False, True), (SENT, False, False), (FULLY_READ, False, False)],
)
def test_private_receipts_are_shown_to_their_owner_only(kind: str, to_others: bool, to_oneself: bool) -> None:
    assert is_visible(kind, owner=ALICE, reader=BOB) is to_others
    assert is_visible(kind, owner=ALICE, reader=ALICE) is to_oneself


def test_receipts_are_sent_as_one_event_per_thread() -> None:
    sent = [
        Receipt(),
        Receipt(user_id=BOB, ts=2),
        Receipt(thread=MAIN),
        Receipt(event_id="$f", thread="$root", ts=3),
        Receipt(kind=READ_PRIVATE, event_id="$f"),
        Receipt(kind=SENT, event_id="$g"),
    ]
    assert contents(sent, reader=BOB) == [
        {"$e": {READ: {ALICE: {"ts": 1}, BOB: {"ts": 2}}}},
        {"$e": {READ: {ALICE: {"ts": 1, "thread_id": "main"}}}},
        {"$f": {READ: {ALICE: {"ts": 3, "thread_id": "$root"}}}},
    ]
    assert contents(sent, reader=ALICE)[0]["$f"] == {READ_PRIVATE: {ALICE: {"ts": 1}}}


def test_nothing_to_show_is_no_event() -> None:
    assert contents([Receipt(kind=READ_PRIVATE)], reader=BOB) == []
