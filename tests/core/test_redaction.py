"""What each version's redaction leaves of each type of event."""

from typing import Any

import pytest

from amanat.core.redaction import redact, redact_content
from amanat.core.room_versions import ROOM_VERSIONS

V10, V11, V12 = (ROOM_VERSIONS[name] for name in ("10", "11", "12"))

LEVELS = {
    **dict.fromkeys(("ban", "events_default", "kick", "redact", "state_default", "users_default"), 1),
    "events": {},
    "users": {},
}
RULES = {"join_rule": "restricted", "allow": []}
SHARED = {"history_visibility": "shared"}
SIGNED = {"third_party_invite": {"signed": {"token": "t"}}}
MEMBER = {"membership": "join", "join_authorised_via_users_server": "@a:b"}


@pytest.mark.parametrize(
    ("event_type", "content", "left_10", "left_11"),
    [
        ("m.room.message", {"body": "x"}, {}, {}),
        ("m.room.encrypted", {"ciphertext": "x"}, {}, {}),
        ("m.room.name", {"name": "x"}, {}, {}),
        ("m.room.member", {**MEMBER, "displayname": "x"}, MEMBER, MEMBER),
        (
            "m.room.member",
            {"membership": "invite", "third_party_invite": {"display_name": "x", **SIGNED["third_party_invite"]}},
            {"membership": "invite"},
            {"membership": "invite", **SIGNED},
        ),
        (
            "m.room.member",
            {"membership": "invite", "third_party_invite": {"display_name": "x"}},
            {"membership": "invite"},
            {"membership": "invite"},
        ),
        (
            "m.room.create",
            {"creator": "@a:b", "room_version": "x", "m.federate": True},
            {"creator": "@a:b"},
            {"creator": "@a:b", "room_version": "x", "m.federate": True},
        ),
        ("m.room.join_rules", {**RULES, "x": 1}, RULES, RULES),
        ("m.room.power_levels", {**LEVELS, "invite": 1, "notifications": {}}, LEVELS, {**LEVELS, "invite": 1}),
        ("m.room.history_visibility", {**SHARED, "x": 1}, SHARED, SHARED),
        ("m.room.redaction", {"redacts": "$x", "reason": "y"}, {}, {"redacts": "$x"}),
    ],
)
def test_content_keeps_what_the_version_says(
    event_type: str, content: dict[str, Any], left_10: dict[str, Any], left_11: dict[str, Any]
) -> None:
    assert redact_content(event_type, content, version=V10) == left_10
    assert redact_content(event_type, content, version=V11) == left_11
    assert redact_content(event_type, content, version=V12) == left_11


def test_the_top_level_loses_what_the_version_does_not_name() -> None:
    kept = dict.fromkeys(
        ("event_id", "room_id", "sender", "state_key", "hashes", "signatures", "depth", "prev_events", "auth_events",
         "origin_server_ts"), "kept",
    )  # fmt: skip
    once_kept = dict.fromkeys(("origin", "membership", "prev_state"), "kept until version 11")
    essential = {"type": "m.room.message", "content": {}, **kept}
    event = {**essential, **once_kept, "content": {"body": "x"}, "redacts": "$x", "unsigned": {"age": 1}}
    assert redact(event, V10) == {**essential, **once_kept}
    assert redact(event, V11) == essential
    assert event["content"] == {"body": "x"}
