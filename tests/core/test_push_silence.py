"""Which rooms a person's push rules silence."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core.power_levels import parse
from amanat.core.push_conditions import Context
from amanat.core.push_evaluation import compile_rules, evaluate
from amanat.core.push_rules import NewRule, UserRules, delete, put, set_enabled
from amanat.core.push_rules_default import MASTER
from amanat.core.push_silence import LOUD, Volume, silence_of
from amanat.core.room_versions import ROOM_VERSIONS

ROOM, OTHER = "!room:localhost", "!other:localhost"


def _muting(room_id: str, *actions: Any) -> NewRule:
    return NewRule(actions=list(actions), conditions=[{"kind": "event_match", "key": "room_id", "pattern": room_id}])


def _muted(room_id: str = ROOM) -> UserRules:
    return put(UserRules(), _muting(room_id), kind="override", rule_id=room_id)


def test_who_changed_nothing_hears_everything() -> None:
    assert silence_of(UserRules()) is LOUD


def test_an_override_without_notify_mutes_its_room_alone() -> None:
    silence = silence_of(_muted())

    assert (silence.of(ROOM), silence.of(OTHER)) == (Volume.MUTED, Volume.LOUD)


def test_a_room_rule_without_notify_leaves_mentions() -> None:
    rules = put(UserRules(), NewRule(actions=[]), kind="room", rule_id=ROOM)

    assert silence_of(rules).of(ROOM) is Volume.MENTIONS


def test_a_disabled_or_deleted_rule_silences_nothing() -> None:
    disabled = set_enabled(_muted(), kind="override", rule_id=ROOM, enabled=False)
    deleted = delete(_muted(), kind="override", rule_id=ROOM)

    assert silence_of(disabled).of(ROOM) is Volume.LOUD
    assert silence_of(deleted) is LOUD


def test_the_master_rule_mutes_everything() -> None:
    rules = set_enabled(UserRules(), kind="override", rule_id=MASTER, enabled=True)

    assert silence_of(rules).of(ROOM) is Volume.MUTED


def test_a_rule_with_more_conditions_or_a_pattern_is_not_read_as_muting() -> None:
    more = NewRule(
        actions=[],
        conditions=[
            {"kind": "event_match", "key": "room_id", "pattern": ROOM},
            {"kind": "event_match", "key": "type", "pattern": "m.sticker"},
        ],
    )
    rules = put(UserRules(), more, kind="override", rule_id="more")
    rules = put(rules, _muting("!r*"), kind="override", rule_id="star")

    assert silence_of(rules).of(ROOM) is Volume.LOUD


_KINDS = st.sampled_from(["override", "room"])
_EDITS = st.lists(st.tuples(_KINDS, st.sampled_from([ROOM, OTHER]), st.booleans(), st.booleans()), max_size=6)


def _apply(edits: list[tuple[str, str, bool, bool]]) -> UserRules:
    rules = UserRules()
    for kind, room_id, notifies, enabled in edits:
        actions = ["notify"] if notifies else []
        new = _muting(room_id, *actions) if kind == "override" else NewRule(actions=actions)
        rules = put(rules, new, kind=kind, rule_id=room_id)
        rules = set_enabled(rules, kind=kind, rule_id=room_id, enabled=enabled)
    return rules


@settings(max_examples=100)
@given(_EDITS)
def test_what_is_heard_is_what_the_rules_decide_event_by_event(edits: list[tuple[str, str, bool, bool]]) -> None:
    rules = _apply(edits)
    reader = "@bob:localhost"
    levels = parse(None, version=ROOM_VERSIONS["11"], creators=frozenset())
    context = Context(user_id=reader, member_count=5, power_levels=levels)
    ruleset = compile_rules(rules)

    def notifies(content: dict[str, Any]) -> bool:
        event = {"type": "m.room.message", "room_id": ROOM, "sender": "@alice:localhost", "content": content}
        return evaluate(ruleset, event, context=context).notify

    volume = silence_of(rules).of(ROOM)
    assert notifies({"body": "hi"}) == (volume is Volume.LOUD)
    assert notifies({"body": "hi", "m.mentions": {"user_ids": [reader]}}) == (volume is not Volume.MUTED)
