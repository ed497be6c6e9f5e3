"""Editing push rules, and how clients see them."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core.errors import BadJson, InvalidParam, MatrixError, NotFound
from amanat.core.push_rules import (
    MAX_RULE_BYTES,
    MAX_RULES,
    NewRule,
    UserRules,
    Where,
    checked_actions,
    delete,
    find,
    in_order,
    put,
    rule_json,
    ruleset_json,
    set_actions,
    set_enabled,
)
from amanat.core.push_rules_default import DEFAULTS, KINDS, Kind, Rule

NOBODY_CHANGED = UserRules()
QUIET = NewRule(actions=[])
CAKE = NewRule(actions=["notify"], pattern="cake")
MASTER = ".m.rule.master"


def with_content(*names: str) -> UserRules:
    rules = NOBODY_CHANGED
    for name in reversed(names):
        rules = put(rules, CAKE, kind="content", rule_id=name)
    return rules


def names(rules: UserRules, kind: Kind = "content") -> list[str]:
    return [placed.rule.rule_id for placed in in_order(rules, kind) if not placed.is_default]


def test_a_new_rule_comes_first_and_is_enabled() -> None:
    rules = put(with_content("old"), CAKE, kind="content", rule_id="new")
    assert names(rules) == ["new", "old"]
    assert find(rules, kind="content", rule_id="new").rule.enabled


@pytest.mark.parametrize(
    ("rule_id", "where", "expected"),
    [
        ("new", {"before": "b"}, ["a", "new", "b", "c"]),
        ("new", {"after": "b"}, ["a", "b", "new", "c"]),
        ("new", {"before": "c", "after": "a"}, ["a", "b", "new", "c"]),
        ("a", {"after": "c"}, ["b", "c", "a"]),
        ("c", {"before": "a"}, ["c", "a", "b"]),
        ("b", {}, ["a", "b", "c"]),
        ("c", {}, ["a", "b", "c"]),
    ],
)
def test_a_rule_goes_where_it_is_told(rule_id: str, where: dict[str, str], expected: list[str]) -> None:
    rules = put(with_content("a", "b", "c"), CAKE, kind="content", rule_id=rule_id, where=Where(**where))
    assert names(rules) == expected


@pytest.mark.parametrize("anchor", ["nobody", ".m.rule.message", "mine"])
def test_a_place_beside_no_rule_of_ones_own_is_refused(anchor: str) -> None:
    with pytest.raises(InvalidParam):
        put(NOBODY_CHANGED, QUIET, kind="underride", rule_id="mine", where=Where(before=anchor))


def test_a_replaced_rule_stays_disabled() -> None:
    rules = set_enabled(with_content("a"), kind="content", rule_id="a", enabled=False)
    replaced = find(put(rules, CAKE, kind="content", rule_id="a"), kind="content", rule_id="a")
    assert not replaced.rule.enabled


@pytest.mark.parametrize(
    ("kind", "rule_id", "new", "error"),
    [
        ("override", ".mine", QUIET, InvalidParam),
        ("override", "a/b", QUIET, InvalidParam),
        ("override", "a\\b", QUIET, InvalidParam),
        ("override", "", QUIET, InvalidParam),
        ("override", "a" * 256, QUIET, InvalidParam),
        ("override", "a\0", QUIET, InvalidParam),
        ("override", "a", NewRule(actions=["shout"]), BadJson),
        ("override", "a", NewRule(actions=[{"sound": 1}]), BadJson),
        ("override", "a", NewRule(actions=[[]]), BadJson),
        ("override", "a", NewRule(actions=[], conditions=[{}]), BadJson),
        ("override", "a", NewRule(actions=[{"set_tweak": "x" * MAX_RULE_BYTES}]), InvalidParam),
        ("content", "a", QUIET, BadJson),
        ("content", "a", NewRule(actions=[], pattern="a" * 600), InvalidParam),
        ("room", "lobby", QUIET, InvalidParam),
        ("sender", "bob", QUIET, InvalidParam),
        ("postcontent", "a", QUIET, NotFound),
    ],
)
def test_what_is_no_rule_is_refused(kind: str, rule_id: str, new: NewRule, error: type[MatrixError]) -> None:
    with pytest.raises(error):
        put(NOBODY_CHANGED, new, kind=kind, rule_id=rule_id)


def test_a_rule_keeps_only_what_its_kind_has() -> None:
    new = NewRule(actions=["dont_notify", "notify"], conditions=[{"kind": "contains_display_name"}], pattern="x")
    rules = put(NOBODY_CHANGED, new, kind="room", rule_id="!room:example.org")
    assert rule_json(find(rules, kind="room", rule_id="!room:example.org"), user_id="@a:b") == {
        "rule_id": "!room:example.org",
        "default": False,
        "enabled": True,
        "actions": ["notify"],
    }


def test_a_full_set_takes_changes_but_no_more_rules() -> None:
    full = UserRules(content=tuple(Rule(rule_id=str(n), actions=[], pattern="tea") for n in range(MAX_RULES)))
    with pytest.raises(InvalidParam):
        put(full, QUIET, kind="override", rule_id="one more")
    assert find(put(full, CAKE, kind="content", rule_id="7"), kind="content", rule_id="7").rule.pattern == "cake"


def test_a_deleted_rule_is_gone() -> None:
    assert names(delete(with_content("a", "b"), kind="content", rule_id="a")) == ["b"]


@pytest.mark.parametrize(
    ("kind", "rule_id"), [("override", MASTER), ("content", "a"), ("underride", MASTER), ("nonsense", "a")]
)
def test_default_and_unknown_rules_cannot_be_deleted(kind: str, rule_id: str) -> None:
    with pytest.raises(NotFound):
        delete(NOBODY_CHANGED, kind=kind, rule_id=rule_id)


def test_a_change_of_a_default_rule_is_stored_as_the_difference() -> None:
    rules = set_enabled(NOBODY_CHANGED, kind="override", rule_id=MASTER, enabled=True)
    assert find(rules, kind="override", rule_id=MASTER).rule.enabled
    assert msgspec.json.encode(rules) == b'{"changes":{".m.rule.master":{"enabled":true}}}'
    assert set_enabled(rules, kind="override", rule_id=MASTER, enabled=False) == NOBODY_CHANGED


def test_what_a_default_rule_does_can_be_changed_and_changed_back() -> None:
    message = {"kind": "underride", "rule_id": ".m.rule.message"}
    rules = set_actions(NOBODY_CHANGED, [], **message)
    assert find(rules, **message).rule.actions == []
    assert set_actions(rules, ["notify"], **message) == NOBODY_CHANGED


def test_what_an_own_rule_does_can_be_changed() -> None:
    rules = set_actions(with_content("a", "b"), ["coalesce", {"set_tweak": "highlight"}], kind="content", rule_id="b")
    assert find(rules, kind="content", rule_id="b").rule.actions == [{"set_tweak": "highlight"}]
    assert find(rules, kind="content", rule_id="a").rule.actions == ["notify"]


def test_historical_actions_are_left_out() -> None:
    assert checked_actions(["dont_notify", "notify", "coalesce"]) == ["notify"]


def test_own_rules_come_between_the_master_and_the_other_default_rules() -> None:
    rules = put(NOBODY_CHANGED, QUIET, kind="override", rule_id="mine")
    assert [placed.rule.rule_id for placed in in_order(rules, "override")][:3] == [
        MASTER,
        "mine",
        ".m.rule.suppress_notices",
    ]


def test_clients_see_their_user_id_in_the_default_rules() -> None:
    shown: dict[str, Any] = ruleset_json(NOBODY_CHANGED, user_id="@alice:example.org")["global"]
    assert list(shown) == list(KINDS)
    assert [len(shown[kind]) for kind in KINDS] == [len(DEFAULTS[kind]) for kind in KINDS]
    assert next(rule for rule in shown["override"] if rule["rule_id"] == ".m.rule.is_user_mention") == {
        "rule_id": ".m.rule.is_user_mention",
        "default": True,
        "enabled": True,
        "conditions": [
            {
                "kind": "event_property_contains",
                "key": "content.m\\.mentions.user_ids",
                "value": "@alice:example.org",
            }
        ],
        "actions": ["notify", {"set_tweak": "sound", "value": "default"}, {"set_tweak": "highlight"}],
    }
    assert b"[the user's Matrix ID]" not in msgspec.json.encode(shown)


def test_a_rule_of_ones_own_is_shown_as_written() -> None:
    conditions = [{"kind": "event_match", "key": "type", "pattern": "[the user's Matrix ID]"}]
    rules = put(NOBODY_CHANGED, NewRule(actions=[], conditions=conditions), kind="override", rule_id="odd")
    assert rule_json(find(rules, kind="override", rule_id="odd"), user_id="@a:b")["conditions"] == conditions


edits = st.lists(
    st.tuples(
        st.sampled_from(["put", "delete", "enable", "disable", "actions"]),
        st.sampled_from([("content", "a"), ("content", "b"), ("override", "a"), ("underride", ".m.rule.message")]),
        st.sampled_from([None, "a", "b"]),
    ),
    max_size=15,
)


@settings(max_examples=100)
@given(edits)
def test_after_any_edits_ids_are_unique_and_what_is_stored_comes_back(
    made: list[tuple[str, tuple[Kind, str], str | None]],
) -> None:
    rules = NOBODY_CHANGED
    for act, (kind, rule_id), anchor in made:
        try:
            if act == "put":
                rules = put(rules, CAKE, kind=kind, rule_id=rule_id, where=Where(before=anchor))
            elif act == "delete":
                rules = delete(rules, kind=kind, rule_id=rule_id)
            elif act == "actions":
                rules = set_actions(rules, [], kind=kind, rule_id=rule_id)
            else:
                rules = set_enabled(rules, kind=kind, rule_id=rule_id, enabled=act == "enable")
        except MatrixError:
            continue
    for kind in KINDS:
        ids = [placed.rule.rule_id for placed in in_order(rules, kind)]
        assert len(ids) == len(set(ids))
    assert msgspec.json.decode(msgspec.json.encode(rules), type=UserRules) == rules
