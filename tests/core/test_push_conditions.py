"""Each kind of condition, by the specification's own examples and the edges around them."""

from typing import Any

import pytest

from amanat.core import globs
from amanat.core.errors import BadJson, InvalidParam, MatrixError
from amanat.core.power_levels import PowerLevels, parse
from amanat.core.push_conditions import Context, body_match, check, check_pattern, compiled
from amanat.core.push_rules_default import READER
from amanat.core.room_versions import ROOM_VERSIONS

READER_ID = "@alice:example.org"


def context(**given: Any) -> Context:
    return Context(**{"user_id": READER_ID, "member_count": 3, "power_levels": levels(), **given})


def levels(**content: Any) -> PowerLevels:
    return parse(content, version=ROOM_VERSIONS["12"], creators=frozenset())


def event(**content: Any) -> dict[str, Any]:
    return {"type": "m.room.message", "sender": "@bob:example.org", "room_id": "!r", "content": content}


def holds(condition: dict[str, Any], of: dict[str, Any], **given: Any) -> bool:
    return compiled(condition)(of, context(**given))


@pytest.mark.parametrize(
    ("pattern", "topic", "expected"),
    [
        ("lunc?*", "Lunch plans", True),
        ("lunc?*", "LUNCH", True),
        ("lunc?*", " lunch", False),
        ("lunch", "Lunch", True),
        ("*", None, False),
        ("*", ["lunch"], False),
    ],
)
def test_event_match_takes_the_whole_of_a_string(pattern: str, topic: Any, expected: bool) -> None:
    condition = {"kind": "event_match", "key": "content.topic", "pattern": pattern}
    assert holds(condition, event(topic=topic)) is expected


def test_event_match_never_matches_what_is_absent() -> None:
    assert not holds({"kind": "event_match", "key": "content.topic", "pattern": "*"}, event())


def test_event_match_looks_for_words_in_a_body() -> None:
    condition = {"kind": "event_match", "key": "content.body", "pattern": "ex*ple"}
    assert holds(condition, event(body="An exciting triple-whammy"))
    assert not holds(condition, event(body="complexples"))
    assert not holds(condition, event(body=7))


@pytest.mark.parametrize(
    ("value", "found", "expected"),
    [(True, True, True), (True, "true", False), (True, 1, False), (1, True, False), (None, None, True), (1, 1, True)],
)
def test_event_property_is_exact(value: Any, found: Any, expected: bool) -> None:
    condition = {"kind": "event_property_is", "key": r"content.m\.federate", "value": value}
    assert holds(condition, event(**{"m.federate": found})) is expected


def test_event_property_is_not_absent_when_null_is_wanted() -> None:
    assert not holds({"kind": "event_property_is", "key": "content.x", "value": None}, event())


def test_event_property_contains_whole_values() -> None:
    condition = {"kind": "event_property_contains", "key": "content.alt", "value": "#room:example.com"}
    assert holds(condition, event(alt=[{}, "#room:example.com"]))
    assert not holds(condition, event(alt=["#room:example.com.au"]))
    assert not holds(condition, event(alt="#room:example.com"))


def test_a_display_name_is_a_word_and_no_pattern() -> None:
    condition = {"kind": "contains_display_name"}
    assert holds(condition, event(body="hi alice!"), display_name="Alice")
    assert not holds(condition, event(body="malice"), display_name="Alice")
    assert not holds(condition, event(body="hi alice"), display_name="*")
    assert not holds(condition, event(body="hi"), display_name="")
    assert not holds(condition, event(body="hi"))


@pytest.mark.parametrize(
    ("is_", "expected"), [("3", True), ("==3", True), ("<3", False), ("<=3", True), (">2", True), (">=4", False)]
)
def test_members_are_counted(is_: str, expected: bool) -> None:
    assert holds({"kind": "room_member_count", "is": is_}, event(), member_count=3) is expected


@pytest.mark.parametrize(
    ("power", "needed", "expected"),
    [(49, {}, False), (50, {}, True), (50, {"room": 60}, False), (9, {"room": 9}, True)],
)
def test_a_sender_needs_the_power_for_the_kind_of_notification(
    power: int, needed: dict[str, int], expected: bool
) -> None:
    condition = {"kind": "sender_notification_permission", "key": "room"}
    room = levels(users={"@bob:example.org": power}, notifications=needed)
    assert holds(condition, event(), power_levels=room) is expected


@pytest.mark.parametrize(
    ("kind", "user_ids", "expected"),
    [
        ("event_property_contains", [READER_ID], True),
        ("event_property_contains", READER_ID, False),
        ("event_property_contains", ["@bob:example.org"], False),
        ("event_property_is", READER_ID, True),
    ],
)
def test_a_default_rule_may_speak_of_its_reader(kind: str, user_ids: Any, expected: bool) -> None:
    condition = compiled({"kind": kind, "key": "content.who", "value": READER}, reader=READER)
    assert condition(event(who=user_ids), context()) is expected


@pytest.mark.parametrize(
    ("condition", "error"),
    [
        ({}, BadJson),
        ({"kind": 1}, BadJson),
        ({"kind": "event_match", "key": "type"}, BadJson),
        ({"kind": "event_match", "key": 1, "pattern": ""}, BadJson),
        ({"kind": "event_match", "key": "type", "pattern": "a" * (globs.MAX_PATTERN + 1)}, InvalidParam),
        ({"kind": "event_property_is", "key": "type"}, BadJson),
        ({"kind": "event_property_is", "key": "type", "value": 1.5}, BadJson),
        ({"kind": "event_property_contains", "key": "type", "value": {}}, BadJson),
        ({"kind": "room_member_count", "is": "~2"}, InvalidParam),
        ({"kind": "room_member_count", "is": "== 2"}, InvalidParam),
        ({"kind": "room_member_count", "is": 2}, BadJson),
        ({"kind": "sender_notification_permission"}, BadJson),
    ],
)
def test_a_senseless_condition_is_refused_and_would_never_hold(
    condition: dict[str, Any], error: type[MatrixError]
) -> None:
    with pytest.raises(error):
        check(condition)
    assert not holds(condition, event())


def test_a_kind_of_tomorrow_is_kept_but_never_holds() -> None:
    condition = {"kind": "m.full_moon"}
    check(condition)
    assert not holds(condition, event())


def test_patterns_have_a_length() -> None:
    check_pattern("a" * globs.MAX_PATTERN)
    with pytest.raises(InvalidParam):
        check_pattern("a" * (globs.MAX_PATTERN + 1))


def test_a_content_rule_matches_the_body() -> None:
    assert body_match("cake*lie")(event(body="the cake is a lie"), context())
    assert not body_match("cake")(event(), context())
