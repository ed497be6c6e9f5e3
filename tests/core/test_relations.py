"""How events relate, and what is summed up of it."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.structs import replace

from amanat.core.errors import InvalidParam
from amanat.core.events import Event
from amanat.core.relations import (
    Relation,
    ThreadSummary,
    bundle,
    check_thread_root,
    is_valid_edit,
    most_recent_edit,
    relation,
    reply_to,
    thread_of,
)


def relates(rel_type: Any = "m.thread", event_id: Any = "$root", **more: Any) -> dict[str, Any]:
    return {"m.relates_to": {"rel_type": rel_type, "event_id": event_id, **more}}


def event(event_id: str = "$original", **given: Any) -> Event:
    return Event(
        **{
            "event_id": event_id,
            "room_id": "!r",
            "type": "m.room.message",
            "sender": "@alice:example.org",
            "content": {},
            "origin_server_ts": 1,
            **given,
        }
    )


def test_a_relation_is_read() -> None:
    assert relation(relates("m.annotation", "$e", key="👍")) == Relation(
        rel_type="m.annotation", event_id="$e", key="👍"
    )


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"m.relates_to": None},
        {"m.relates_to": []},
        {"m.relates_to": {"m.in_reply_to": {"event_id": "$e"}}},
        relates(rel_type=None),
        relates(rel_type="a" * 256),
        relates(event_id=1),
        relates(event_id="e"),
        relates(event_id="$" + "a" * 255),
    ],
)
def test_what_has_another_shape_is_no_relation(content: dict[str, Any]) -> None:
    assert relation(content) is None


def test_a_key_is_a_string() -> None:
    for key in (1, None, "\0"):
        assert relation(relates(key=key)) == Relation(rel_type="m.thread", event_id="$root")


@pytest.mark.parametrize(
    ("related", "expected"),
    [
        ({"m.in_reply_to": {"event_id": "$e"}}, "$e"),
        ({"rel_type": "m.thread", "event_id": "$root", "m.in_reply_to": {"event_id": "$e"}}, "$e"),
        ({"m.in_reply_to": {"event_id": "e"}}, None),
        ({"m.in_reply_to": {"event_id": 1}}, None),
        ({"m.in_reply_to": []}, None),
        ({}, None),
        (None, None),
    ],
)
def test_a_reply_names_its_event(related: Any, expected: str | None) -> None:
    assert reply_to({"m.relates_to": related}) == expected


@pytest.mark.parametrize(
    ("content", "parent_thread", "thread"),
    [
        ({}, None, None),
        (relates("m.thread", "$A"), None, "$A"),
        (relates("m.annotation", "$in_A"), "$A", "$A"),
        (relates("m.annotation", "$A"), None, None),
    ],
)
def test_an_event_is_in_the_thread_that_it_names_or_that_its_parent_is_in(
    content: dict[str, Any], parent_thread: str | None, thread: str | None
) -> None:
    assert thread_of(relation(content), parent_thread=parent_thread) == thread


def test_a_thread_starts_at_an_event_that_relates_to_none() -> None:
    check_thread_root({"m.relates_to": {"m.in_reply_to": {"event_id": "$e"}}})
    with pytest.raises(InvalidParam):
        check_thread_root(relates("m.thread", "$other"))


EDIT = {**relates("m.replace", "$original"), "m.new_content": {"body": "new"}}
ENCRYPTED_EDIT = relates("m.replace", "$original")


def test_ones_own_message_can_be_edited() -> None:
    assert is_valid_edit(event(content=relates("m.thread")), event("$edit", content=EDIT))
    encrypted = event(type="m.room.encrypted")
    assert is_valid_edit(encrypted, event("$edit", type="m.room.encrypted", content=ENCRYPTED_EDIT))


@pytest.mark.parametrize(
    ("original", "edit"),
    [
        ({}, {"sender": "@eve:example.org"}),
        ({}, {"room_id": "!other"}),
        ({}, {"type": "m.room.encrypted"}),
        ({"state_key": ""}, {}),
        ({}, {"state_key": ""}),
        ({"content": EDIT}, {}),
        ({"event_id": "$another"}, {}),
        ({}, {"content": ENCRYPTED_EDIT}),
        ({}, {"content": {**EDIT, "m.new_content": "new"}}),
        ({}, {"content": relates("m.thread", "$original")}),
        ({}, {"content": {}}),
    ],
)
def test_nothing_else_can_be_edited(original: dict[str, Any], edit: dict[str, Any]) -> None:
    assert not is_valid_edit(event(**original), replace(event("$edit", content=EDIT), **edit))


edits = st.lists(
    st.builds(lambda ts, name: event(f"${name}", origin_server_ts=ts), st.integers(1, 3), st.sampled_from("abc"))
)


@settings(max_examples=100)
@given(edits)
def test_the_most_recent_edit_is_behind_no_other(edits: list[Event]) -> None:
    newest = most_recent_edit(edits)
    if newest is None:
        assert edits == []
        return
    assert all((edit.origin_server_ts, edit.event_id) <= (newest.origin_server_ts, newest.event_id) for edit in edits)


def test_a_bundle_has_the_specified_shape() -> None:
    latest, edit = b'{"event_id":"$latest"}', b'{"event_id":"$edit"}'
    thread = ThreadSummary(latest_event=Raw(latest), count=7, current_user_participated=True)
    bundled = bundle(edit=edit, thread=thread, references=["$one", "$two"])
    assert bundled is not None
    assert msgspec.json.decode(bundled) == {
        "m.thread": {"latest_event": {"event_id": "$latest"}, "count": 7, "current_user_participated": True},
        "m.replace": {"event_id": "$edit"},
        "m.reference": {"chunk": [{"event_id": "$one"}, {"event_id": "$two"}]},
    }


def test_a_bundle_leaves_out_what_there_is_not() -> None:
    assert bundle() is None
    assert bundle(references=["$one"]) == b'{"m.reference":{"chunk":[{"event_id":"$one"}]}}'
