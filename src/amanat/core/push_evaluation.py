"""What an event does to one reader, by their push rules. Pure; spec: client-server-api#push-rules.

Compile a user's rules once and keep them: the rules of everybody who changed nothing are one shared object.
"""

from typing import Any

from msgspec import Struct

from amanat.core.push_conditions import Condition, Content, Context, body_match, compiled
from amanat.core.push_rules import Placed, UserRules, in_order
from amanat.core.push_rules_default import READER, Kind


class Decision(Struct, frozen=True, kw_only=True):
    """Whether and how a reader is notified of an event, and by which rule; `actions` go to `/notifications`."""

    rule_id: str | None
    actions: list[Any]
    notify: bool
    highlight: bool
    sound: str | None
    tweaks: dict[str, Any]


NO_RULE = Decision(rule_id=None, actions=[], notify=False, highlight=False, sound=None, tweaks={})
"""Nothing matched, or the event is the reader's own."""


class Ruleset(Struct, frozen=True, kw_only=True):
    """A user's enabled rules, ready for use. Rules for one room or one sender are looked up, not tried in turn."""

    first: list[tuple[list[Condition], Decision]]
    by_room: dict[str, Decision]
    by_sender: dict[str, Decision]
    last: list[tuple[list[Condition], Decision]]


def evaluate(ruleset: Ruleset, event: Content, *, context: Context) -> Decision:
    """Return what the most important matching rule says; nobody is notified of what they sent themselves."""
    sender = event["sender"]
    if sender == context.user_id:
        return NO_RULE
    decision = _matching(ruleset.first, event, context)
    if decision is None:
        decision = ruleset.by_room.get(event["room_id"]) or ruleset.by_sender.get(sender)
    return decision or _matching(ruleset.last, event, context) or NO_RULE


def compile_rules(rules: UserRules) -> Ruleset:
    """Make a user's rules ready for use."""
    return _compiled(rules) if rules != UserRules() else DEFAULT_RULESET


def _matching(tried: list[tuple[list[Condition], Decision]], event: Content, context: Context) -> Decision | None:
    for conditions, decision in tried:
        for condition in conditions:
            if not condition(event, context):
                break
        else:
            return decision
    return None


def _compiled(rules: UserRules) -> Ruleset:
    return Ruleset(
        first=_conditional(rules, "override") + _conditional(rules, "content"),
        by_room={placed.rule.rule_id: _decision(placed) for placed in _enabled(rules, "room")},
        by_sender={placed.rule.rule_id: _decision(placed) for placed in _enabled(rules, "sender")},
        last=_conditional(rules, "underride"),
    )


def _enabled(rules: UserRules, kind: Kind) -> list[Placed]:
    return [placed for placed in in_order(rules, kind) if placed.rule.enabled]


def _conditional(rules: UserRules, kind: Kind) -> list[tuple[list[Condition], Decision]]:
    return [(_conditions(placed), _decision(placed)) for placed in _enabled(rules, kind)]


def _conditions(placed: Placed) -> list[Condition]:
    rule, reader = placed.rule, READER if placed.is_default else None
    if rule.pattern is not None:
        return [body_match(rule.pattern)]
    return [compiled(condition, reader=reader) for condition in rule.conditions or []]


def _decision(placed: Placed) -> Decision:
    actions = placed.rule.actions
    tweaks = {action["set_tweak"]: action.get("value", True) for action in actions if isinstance(action, dict)}
    notify = "notify" in actions
    sound = tweaks.get("sound")
    return Decision(
        rule_id=placed.rule.rule_id,
        actions=actions,
        notify=notify,
        # A tweak says how to notify, so without a notification it says nothing.
        highlight=notify and tweaks.get("highlight", False) is True,
        sound=sound if notify and isinstance(sound, str) else None,
        tweaks=tweaks if notify else {},
    )


DEFAULT_RULESET = _compiled(UserRules())
"""What everybody has who changed nothing."""
