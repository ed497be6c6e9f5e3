"""The children of a space and their order."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.core.events import Event
from amanat.core.space_hierarchy import Walk, child_state, children, parse


def event(event_type: str, content: dict[str, Any], *, key: str = "", ts: int = 1) -> Event:
    return Event(
        event_id="$e",
        room_id="!r",
        type=event_type,
        sender="@a:here",
        content=content,
        origin_server_ts=ts,
        state_key=key,
    )


def child(key: str, *, ts: int = 1, via: Any = ("here",), **content: Any) -> Event:
    via = list(via) if isinstance(via, tuple) else via
    return event("m.space.child", content if via is None else {"via": via, **content}, key=key, ts=ts)


def space(*rooms: Event, room_type: str | None = "m.space") -> dict[tuple[str, str], Event]:
    create = event("m.room.create", {} if room_type is None else {"type": room_type})
    return {(each.type, each.state_key or ""): each for each in (create, *rooms)}


def keys(found: list[Event]) -> list[str | None]:
    return [each.state_key for each in found]


def test_children_stand_in_the_specifications_order() -> None:
    # spec: client-server-api#ordering-of-children-within-a-space
    shuffled = [
        child("!e", ts=3),
        child("!d", ts=4),
        child("!c", order="first"),
        child("!a", order="aaaa"),
        child("!b", order=" "),
        child("!f", ts=4),
    ]
    assert keys(children(space(*shuffled), suggested_only=False)) == ["!b", "!a", "!c", "!e", "!d", "!f"]


@pytest.mark.parametrize("order", ["a" * 51, "é", "\n", 5, None])
def test_an_order_that_is_not_valid_does_not_count(order: Any) -> None:
    found = children(space(child("!a", order=order), child("!b", order="z")), suggested_only=False)
    assert keys(found) == ["!b", "!a"]


@pytest.mark.parametrize("via", [None, [], "here"])
def test_a_child_without_a_server_is_none(via: Any) -> None:
    assert children(space(child("!a", via=via)), suggested_only=False) == []


def test_only_a_space_has_children_and_some_are_suggested() -> None:
    rooms = [child("!a", suggested=True), child("!b"), child("!c", suggested="yes")]
    assert children(space(*rooms, room_type=None), suggested_only=False) == []
    assert keys(children(space(*rooms), suggested_only=True)) == ["!a"]


def test_a_child_is_shown_with_its_time() -> None:
    assert child_state(child("!a", ts=7)) == {
        "type": "m.space.child",
        "state_key": "!a",
        "sender": "@a:here",
        "content": {"via": ["here"]},
        "origin_server_ts": 7,
    }


@given(st.booleans(), st.integers(0, 10), st.integers(0, 10**8))
def test_a_token_is_read_as_it_was_written(suggested_only: bool, max_depth: int, skip: int) -> None:
    walk = Walk(suggested_only=suggested_only, max_depth=max_depth, skip=skip)
    assert parse(str(walk)) == walk


@pytest.mark.parametrize("token", ["", "1.2", "1.2.3.4", "a.b.c", "-1.2.0", "1.2.", "9999999999.1.1", "٣.1.1"])
def test_what_is_no_token_is_none(token: str) -> None:
    assert parse(token) is None
