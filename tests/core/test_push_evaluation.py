"""What the rules decide about an event."""

from typing import Any

import pytest

from amanat.core.power_levels import PowerLevels, parse
from amanat.core.push_conditions import Context
from amanat.core.push_evaluation import DEFAULT_RULESET, NO_RULE, Decision, compile_rules, evaluate
from amanat.core.push_rules import NewRule, UserRules, put, set_actions, set_enabled
from amanat.core.room_versions import ROOM_VERSIONS

ALICE, BOB, ROOM = "@alice:example.org", "@bob:example.org", "!room:example.org"


def bobs_power(power: int) -> PowerLevels:
    return parse({"users": {BOB: power}}, version=ROOM_VERSIONS["12"], creators=frozenset())


def decide(event: dict[str, Any], rules: UserRules | None = None, *, member_count: int = 5, power: int = 0) -> Decision:
    ruleset = compile_rules(rules or UserRules())
    context = Context(user_id=ALICE, member_count=member_count, power_levels=bobs_power(power))
    return evaluate(ruleset, {"sender": BOB, "room_id": ROOM, **event}, context=context)


def message(**content: Any) -> dict[str, Any]:
    return {"type": "m.room.message", "content": {"msgtype": "m.text", "body": "hello", **content}}


def told(decision: Decision) -> tuple[str | None, bool, bool, str | None]:
    return decision.rule_id, decision.notify, decision.highlight, decision.sound


MENTION = {"m.mentions": {"user_ids": [ALICE]}}
ROOM_MENTION = {"m.mentions": {"room": True}}
EDIT = {"m.relates_to": {"rel_type": "m.replace", "event_id": "$e"}}
INVITE = {"type": "m.room.member", "content": {"membership": "invite"}}


@pytest.mark.parametrize(
    ("event", "given", "expected"),
    [
        (message(), {}, (".m.rule.message", True, False, None)),
        (message(), {"member_count": 2}, (".m.rule.room_one_to_one", True, False, "default")),
        (message(msgtype="m.notice"), {}, (".m.rule.suppress_notices", False, False, None)),
        (message(**MENTION), {}, (".m.rule.is_user_mention", True, True, "default")),
        (message(**MENTION, **EDIT), {}, (".m.rule.is_user_mention", True, True, "default")),
        (message(**ROOM_MENTION), {"power": 50}, (".m.rule.is_room_mention", True, True, None)),
        (message(**ROOM_MENTION), {"power": 49}, (".m.rule.message", True, False, None)),
        (message(**EDIT), {}, (".m.rule.suppress_edits", False, False, None)),
        ({"type": "m.room.encrypted", "content": {}}, {}, (".m.rule.encrypted", True, False, None)),
        (
            {"type": "m.room.encrypted", "content": {}},
            {"member_count": 2},
            (".m.rule.encrypted_room_one_to_one", True, False, "default"),
        ),
        ({"type": "m.room.encrypted", "content": EDIT}, {}, (".m.rule.suppress_edits", False, False, None)),
        ({**INVITE, "state_key": ALICE}, {}, (".m.rule.invite_for_me", True, False, "default")),
        ({**INVITE, "state_key": "@carol:example.org"}, {}, (".m.rule.member_event", False, False, None)),
        ({"type": "m.room.tombstone", "state_key": "", "content": {}}, {}, (".m.rule.tombstone", True, True, None)),
        ({"type": "m.room.tombstone", "content": {}}, {}, (None, False, False, None)),
        ({"type": "m.reaction", "content": {}}, {}, (".m.rule.reaction", False, False, None)),
        (
            {"type": "m.room.server_acl", "state_key": "", "content": {}},
            {},
            (".m.rule.room.server_acl", False, False, None),
        ),
        ({"type": "m.call.invite", "content": {}}, {}, (".m.rule.call", True, False, "ring")),
        ({"type": "m.room.topic", "state_key": "", "content": {}}, {}, (None, False, False, None)),
    ],
)
def test_the_default_rules_decide(
    event: dict[str, Any], given: dict[str, Any], expected: tuple[str | None, bool, bool, str | None]
) -> None:
    assert told(decide(event, **given)) == expected


def test_nobody_is_notified_of_their_own() -> None:
    assert decide({**message(**MENTION), "sender": ALICE}) == NO_RULE


def test_the_master_rule_silences_everything() -> None:
    rules = put(UserRules(), NewRule(actions=["notify"]), kind="override", rule_id="all")
    assert decide(message(), rules).rule_id == "all"
    rules = set_enabled(rules, kind="override", rule_id=".m.rule.master", enabled=True)
    assert told(decide(message(**MENTION), rules)) == (".m.rule.master", False, False, None)


def test_kinds_are_tried_in_their_order() -> None:
    rules = UserRules()
    for kind, rule_id in [
        ("underride", "under"),
        ("sender", BOB),
        ("room", ROOM),
        ("content", "word"),
        ("override", "over"),
    ]:
        rules = put(rules, NewRule(actions=["notify"], pattern="hello"), kind=kind, rule_id=rule_id)
        assert decide(message(), rules).rule_id == rule_id


def test_a_mention_is_heard_in_a_room_that_is_otherwise_silent() -> None:
    rules = put(UserRules(), NewRule(actions=[]), kind="room", rule_id=ROOM)
    assert not decide(message(), rules).notify
    assert decide(message(**MENTION), rules).highlight


def test_disabled_rules_never_match() -> None:
    rules = put(UserRules(), NewRule(actions=[]), kind="sender", rule_id=BOB)
    rules = set_enabled(rules, kind="sender", rule_id=BOB, enabled=False)
    assert decide(message(), rules).rule_id == ".m.rule.message"


def test_tweaks_are_passed_on() -> None:
    tweaks = [{"set_tweak": "flash", "value": 3}, {"set_tweak": "highlight", "value": False}]
    rules = set_actions(UserRules(), ["notify", *tweaks], kind="underride", rule_id=".m.rule.message")
    decision = decide(message(), rules)
    assert (decision.tweaks, decision.highlight) == ({"flash": 3, "highlight": False}, False)
    assert decision.actions == ["notify", *tweaks]


def test_tweaks_without_a_notification_say_nothing() -> None:
    rules = put(UserRules(), NewRule(actions=[{"set_tweak": "highlight"}]), kind="override", rule_id="odd")
    assert told(decide(message(), rules)) == ("odd", False, False, None)


def test_a_user_who_changed_nothing_shares_the_default_rules() -> None:
    assert compile_rules(UserRules()) is DEFAULT_RULESET
