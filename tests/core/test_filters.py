"""What a filter lets through, and what it costs where it lets everything through."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core.errors import BadJson
from amanat.core.events import Event
from amanat.core.filters import (
    MAX_LIMIT,
    MAX_PATTERNS,
    EventFilter,
    Filter,
    RoomEventFilter,
    TypeSet,
    includes_room,
    only_fields,
    read,
    sieve,
    sifted,
)
from amanat.core.property_paths import parse

ALICE, BOB = "@alice:example.org", "@bob:example.org"


def event(event_type: str = "m.room.message", sender: str = ALICE) -> Event:
    return Event(event_id="$e", room_id="!r", type=event_type, sender=sender, content={}, origin_server_ts=1)


def allows(part: dict[str, Any], event_type: str, sender: str | None = ALICE) -> bool:
    made = sieve(read(part, RoomEventFilter))
    return made is None or made.allows(event_type, sender)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ({}, True),
        ({"types": ["m.room.message"]}, True),
        ({"types": ["m.room.*"]}, True),
        ({"types": ["m.room.member", "*.message"]}, True),
        ({"types": ["m.room"]}, False),
        ({"types": []}, False),
        ({"types": ["*"], "not_types": ["m.room.message"]}, False),
        ({"not_types": ["*"]}, False),
        ({"not_types": ["m.room.mem*"]}, True),
        ({"types": ["m.room.?essage"]}, False),
        ({"senders": [ALICE]}, True),
        ({"senders": [BOB]}, False),
        ({"senders": []}, False),
        ({"senders": [ALICE], "not_senders": [ALICE]}, False),
        ({"not_senders": [BOB]}, True),
        ({"types": None, "senders": None}, True),
    ],
)
def test_types_and_senders_are_judged(part: dict[str, Any], expected: bool) -> None:
    assert allows(part, "m.room.message") is expected


def test_what_has_no_sender_is_judged_by_type_alone() -> None:
    assert allows({"senders": []}, "m.tag", sender=None)


@pytest.mark.parametrize(
    ("contains_url", "content", "expected"),
    [
        (None, {}, True),
        (None, {"url": "mxc://a/b"}, True),
        (True, {"url": "mxc://a/b"}, True),
        (True, {}, False),
        (False, {"url": "mxc://a/b"}, False),
        (False, {}, True),
    ],
)
def test_content_is_judged_by_its_url(contains_url: bool | None, content: dict[str, Any], expected: bool) -> None:
    made = sieve(RoomEventFilter(contains_url=contains_url))
    assert (made is None or made.allows_content(content)) is expected


@pytest.mark.parametrize(
    "part",
    [
        {},
        {"limit": 5, "lazy_load_members": True, "unread_thread_notifications": True},
        {"types": ["*"]},
        {"not_types": [], "not_senders": []},
    ],
)
def test_a_filter_that_changes_nothing_hands_the_list_back(part: dict[str, Any]) -> None:
    events = [event()]
    assert sifted(events, sieve(read(part, RoomEventFilter))) is events


def test_a_list_is_sifted() -> None:
    events = [event("m.room.message"), event("m.room.member"), event("m.room.message", BOB)]
    assert sifted(events, sieve(EventFilter(types=["*.message"], not_senders=frozenset({BOB})))) == events[:1]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ({}, True),
        ({"rooms": ["!r"]}, True),
        ({"rooms": []}, False),
        ({"rooms": ["!r"], "not_rooms": ["!r"]}, False),
        ({"not_rooms": ["!other"]}, True),
    ],
)
def test_rooms_are_included(part: dict[str, Any], expected: bool) -> None:
    assert includes_room(read({"room": part}, Filter).room, "!r") is expected
    assert includes_room(read(part, RoomEventFilter), "!r") is expected


@pytest.mark.parametrize(("limit", "page"), [(None, 10), (5, 5), (0, 1), (-3, 1), (10**9, MAX_LIMIT)])
def test_limits_are_kept_within_reason(limit: int | None, page: int) -> None:
    assert EventFilter(limit=limit).page(10) == page


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        "0",
        {"room": []},
        {"room": {"timeline": {"limit": "5"}}},
        {"room": {"timeline": {"limit": True}}},
        {"room": {"timeline": {"types": "m.room.message"}}},
        {"room": {"timeline": {"types": ["m.*"] * (MAX_PATTERNS + 1)}}},
        {"room": {"timeline": {"types": ["*" * 1000]}}},
        {"room": {"rooms": [1]}},
        {"room": {"state": {"lazy_load_members": "yes"}}},
        {"event_format": "xml"},
        {"event_fields": [1]},
        {"presence": {"senders": {}}},
    ],
)
def test_wrong_values_are_refused(wrong: Any) -> None:
    with pytest.raises(BadJson):
        read(wrong, Filter)


def test_what_the_specification_does_not_know_is_passed_over() -> None:
    assert read({"org.example": 1, "room": {"timeline": {"org.matrix.x": []}}}, Filter) == Filter()


def test_the_filters_that_clients_send_are_read() -> None:
    seen = {
        "room": {
            "timeline": {"limit": 20, "unread_thread_notifications": True},
            "state": {"lazy_load_members": True},
            "include_leave": True,
        }
    }
    room = read(seen, Filter).room
    assert (room.timeline.limit, room.timeline.unread_thread_notifications) == (20, True)
    assert (room.state.lazy_load_members, room.include_leave) == (True, True)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (["type"], {"type": "m.x"}),
        (["content.body", "sender"], {"content": {"body": "hi"}}),
        (["content.a\\.b.c", "content.body"], {"content": {"a.b": {"c": 1}, "body": "hi"}}),
        (["content", "content.body"], {"content": {"body": "hi", "a.b": {"c": 1, "d": 2}}}),
        (["content.body", "content"], {"content": {"body": "hi", "a.b": {"c": 1, "d": 2}}}),
        (["content.body.deeper"], {}),
        ([], {}),
    ],
)
def test_only_the_asked_fields_are_kept(fields: list[str], expected: dict[str, Any]) -> None:
    whole = {"type": "m.x", "content": {"body": "hi", "a.b": {"c": 1, "d": 2}}}
    assert only_fields(whole, [parse(path) for path in fields]) == expected
    assert whole == {"type": "m.x", "content": {"body": "hi", "a.b": {"c": 1, "d": 2}}}


@settings(max_examples=100)
@given(st.lists(st.text(alphabet="ab.", max_size=5)), st.text(alphabet="ab.", max_size=5))
def test_without_wildcards_a_type_set_is_a_set(types: list[str], event_type: str) -> None:
    assert (event_type in TypeSet(types)) is (event_type in types)
