"""The answer to a sync is read as it comes, and what is not an event is none."""

import msgspec
import pytest

from amanat.gateway.device.sync_response import (
    Receipt,
    decode,
    decode_page,
    event_of,
    for_service,
    receipts_in,
    state_of,
)

EVENT = {"type": "m.room.member", "sender": "@a:x", "content": {}, "state_key": "@a:x", "event_id": "$1"}


def test_nothing_new_is_empty() -> None:
    assert decode(b'{"next_batch": "s"}').is_empty
    assert not decode(b'{"next_batch": "s", "device_lists": {"changed": ["@a:x"]}}').is_empty


def test_events_stay_the_bytes_they_came_as() -> None:
    raw = b'{"type":"t",  "sender":"@a:x","content":{}}'
    body = b'{"next_batch": "s", "to_device": {"events": [' + raw + b"]}}"
    assert bytes(decode(body).to_device.events[0]) == raw
    assert bytes(decode_page(b'{"chunk": [' + raw + b"]}").chunk[0]) == raw


@pytest.mark.parametrize("raw", [b"{}", b"[]", b'{"type": 1}', b'{"type":"t","sender":"@a:x","content":[]}'])
def test_what_is_no_event_is_none(raw: bytes) -> None:
    assert event_of(raw) is None


def test_state_holds_in_the_order_of_the_timeline() -> None:
    room = {"state": {"events": [EVENT]}, "timeline": {"events": [EVENT | {"event_id": "$2"}, {"type": "t"}]}}
    body = msgspec.json.encode({"next_batch": "s", "rooms": {"join": {"!r": room}}})
    assert [event.event_id for event in state_of(decode(body).rooms.join["!r"])] == ["$1", "$2"]


def test_a_service_is_not_told_what_it_says() -> None:
    assert for_service("@office:x", reads=False)["room"]["timeline"] == {"limit": 100, "not_senders": ["@office:x"]}


def test_only_a_service_that_wants_receipts_is_sent_them() -> None:
    assert for_service("@office:x", reads=False)["room"]["ephemeral"] == {"types": []}
    assert for_service("@office:x", reads=True)["room"]["ephemeral"] == {"types": ["m.receipt"]}


def test_receipts_of_others_that_are_public_are_read_and_what_is_none_is_passed_over() -> None:
    kinds = {"m.read": {"@a:x": {"ts": 5}, "@office:x": {"ts": 6}}, "m.read.private": {"@b:x": {"ts": 7}}}
    told = [{"type": "m.typing", "content": {"user_ids": []}}, {"type": "m.receipt", "content": {"$1": kinds}}]
    body = msgspec.json.encode({"next_batch": "s", "rooms": {"join": {"!r": {"ephemeral": {"events": told}}}}})
    room = decode(body).rooms.join["!r"]
    assert list(receipts_in(room, but="@office:x")) == [Receipt("$1", "@a:x", 5)]
    assert not room.is_changed
