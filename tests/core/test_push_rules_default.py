"""The table holds what the specification lists, in its order."""

from amanat.core.push_conditions import check
from amanat.core.push_rules import checked_actions
from amanat.core.push_rules_default import DEFAULTS, KINDS, MASTER


def test_the_default_rules_are_those_of_the_specification() -> None:
    # spec: client-server-api#predefined-rules
    assert {kind: [rule.rule_id.removeprefix(".m.rule.") for rule in DEFAULTS[kind]] for kind in KINDS} == {
        "override": [
            "master",
            "suppress_notices",
            "invite_for_me",
            "member_event",
            "is_user_mention",
            "is_room_mention",
            "tombstone",
            "reaction",
            "room.server_acl",
            "suppress_edits",
        ],
        "content": [],
        "room": [],
        "sender": [],
        "underride": ["call", "encrypted_room_one_to_one", "room_one_to_one", "message", "encrypted"],
    }


def test_only_the_master_rule_is_disabled() -> None:
    assert [rule.rule_id for rules in DEFAULTS.values() for rule in rules if not rule.enabled] == [MASTER]


def test_a_user_could_have_written_them() -> None:
    for rule in (rule for rules in DEFAULTS.values() for rule in rules):
        assert checked_actions(rule.actions) == rule.actions
        for condition in rule.conditions or []:
            check(condition)
