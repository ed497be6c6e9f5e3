"""The counts agree with the rules that they stand for."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core.power_levels import parse
from amanat.core.push_conditions import Context
from amanat.core.push_evaluation import DEFAULT_RULESET, evaluate
from amanat.core.room_versions import ROOM_VERSIONS
from amanat.core.unread import Highlights, counts_as_unread, highlights

ALICE = "@alice:example.org"
contents = st.fixed_dictionaries(
    {},
    optional={
        "msgtype": st.sampled_from(["m.text", "m.notice", 1]),
        "membership": st.sampled_from(["join", "invite"]),
        "m.relates_to": st.sampled_from(
            [None, {}, {"rel_type": "m.replace"}, {"rel_type": "m.thread"}, {"rel_type": ["m.replace"]}]
        ),
        "m.mentions": st.sampled_from(
            [
                None,
                {},
                {"user_ids": [ALICE]},
                {"user_ids": ALICE},
                {"user_ids": [1, {}, "@bob:example.org"]},
                {"room": True},
                {"room": 1},
                {"room": True, "user_ids": [ALICE]},
            ]
        ),
    },
)
types = st.sampled_from(
    [
        "m.room.message",
        "m.room.encrypted",
        "m.call.invite",
        "m.reaction",
        "m.room.member",
        "m.room.tombstone",
        "m.room.server_acl",
        "m.room.topic",
        "org.example.other",
    ]
)


@settings(max_examples=200)
@given(types, contents, st.booleans(), st.booleans())
def test_the_counts_agree_with_the_default_rules(
    event_type: str, content: dict[str, Any], is_state: bool, may_mention_room: bool
) -> None:
    event: dict[str, Any] = {"type": event_type, "sender": "@eve:example.org", "room_id": "!r", "content": content}
    if is_state:
        event["state_key"] = ""
    content_of_levels = {"users": {"@eve:example.org": 50 if may_mention_room else 0}}
    levels = parse(content_of_levels, version=ROOM_VERSIONS["12"], creators=frozenset())
    decision = evaluate(DEFAULT_RULESET, event, context=Context(user_id=ALICE, member_count=5, power_levels=levels))
    found = highlights(event_type, content, is_state=is_state, sender_may_mention_room=may_mention_room)
    is_highlighted = found.everyone or ALICE in found.user_ids
    assert is_highlighted == decision.highlight
    assert (is_highlighted or counts_as_unread(event_type, content, is_state=is_state)) == decision.notify


@pytest.mark.parametrize(
    ("event_type", "content", "expected"),
    [
        ("m.room.message", {"msgtype": "m.text"}, True),
        ("m.room.message", {"msgtype": "m.notice"}, False),
        ("m.room.message", {"m.relates_to": {"rel_type": "m.replace"}}, False),
        ("m.room.encrypted", {}, True),
        ("m.room.encrypted", {"m.relates_to": {"rel_type": "m.replace"}}, False),
        ("m.call.invite", {}, True),
        ("m.reaction", {}, False),
    ],
)
def test_messages_and_calls_count(event_type: str, content: dict[str, Any], expected: bool) -> None:
    assert counts_as_unread(event_type, content, is_state=False) is expected


def test_everybody_mentioned_is_highlighted() -> None:
    content = {"m.mentions": {"user_ids": [ALICE, 7, "@bob:example.org"], "room": True}}
    assert highlights("m.room.message", content, is_state=False, sender_may_mention_room=False) == Highlights(
        user_ids=frozenset({ALICE, "@bob:example.org"})
    )
