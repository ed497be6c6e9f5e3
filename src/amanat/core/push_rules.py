"""A user's push rules: what is stored of them, how they are edited and shown. Pure; spec: client-server-api#push-rules.

Only the difference from the default rules is stored, so a user who never changed anything has nothing stored.
`push_evaluation` decides by them.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeGuard

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from amanat.core.errors import BadJson, InvalidParam, NotFound
from amanat.core.identifiers import fits, is_room_id, is_user_id
from amanat.core.push_conditions import check as check_condition
from amanat.core.push_conditions import check_pattern
from amanat.core.push_rules_default import DEFAULTS, KINDS, MASTER, READER, Kind, Rule

MAX_RULES = 1000
"""Of a user's own. Every one is sent in each initial sync and compiled into memory; apps make one per muted room."""
MAX_RULE_BYTES = 8192
_HISTORICAL = ("dont_notify", "coalesce")


class Change(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a user changed of a default rule; `None` leaves it as it is."""

    enabled: bool | None = None
    actions: list[Any] | None = None


class UserRules(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is stored of a user's push rules: their own, most important first, and their changes to the default ones."""

    override: tuple[Rule, ...] = ()
    content: tuple[Rule, ...] = ()
    room: tuple[Rule, ...] = ()
    sender: tuple[Rule, ...] = ()
    underride: tuple[Rule, ...] = ()
    changes: dict[str, Change] = {}

    def own(self, kind: Kind) -> tuple[Rule, ...]:
        """Return the rules of that kind that the user made."""
        rules: tuple[Rule, ...] = getattr(self, kind)
        return rules


class NewRule(Struct, frozen=True, kw_only=True):
    """The body of a request that makes or replaces a rule."""

    actions: list[Any]
    conditions: list[dict[str, Any]] | None = None
    pattern: str | None = None


class Where(Struct, frozen=True, kw_only=True):
    """Beside which other rule of the user's own a rule is to go: the parameters `before` and `after`."""

    before: str | None = None
    after: str | None = None


ANYWHERE = Where()


class Placed(NamedTuple):
    """A rule in its place in the ruleset, the user's changes applied."""

    rule: Rule
    is_default: bool


def is_kind(kind: str) -> TypeGuard[Kind]:
    """Whether there are rules of that kind."""
    return kind in KINDS


def in_order(rules: UserRules, kind: Kind) -> Iterator[Placed]:
    """Yield the rules of a kind as they are tried: the user's own before the default ones, but for the master rule."""
    defaults = [_changed(rule, rules.changes.get(rule.rule_id)) for rule in DEFAULTS[kind]]
    yield from (Placed(rule, True) for rule in defaults if rule.rule_id == MASTER)
    yield from (Placed(rule, False) for rule in rules.own(kind))
    yield from (Placed(rule, True) for rule in defaults if rule.rule_id != MASTER)


def find(rules: UserRules, *, kind: str, rule_id: str) -> Placed:
    """Return the rule, or raise `NotFound`."""
    for placed in in_order(rules, kind) if is_kind(kind) else ():
        if placed.rule.rule_id == rule_id:
            return placed
    raise NotFound("The push rule was not found.")


def put(rules: UserRules, new: NewRule, *, kind: str, rule_id: str, where: Where = ANYWHERE) -> UserRules:
    """Make a rule, or replace one that stays enabled or disabled as it was and, if not told where, in its place."""
    if not is_kind(kind):
        raise NotFound("There are no push rules of that kind.")
    _check_id(kind, rule_id)
    own = rules.own(kind)
    old = _index(own, rule_id)
    rule = _made(new, kind=kind, rule_id=rule_id, enabled=own[old].enabled if old is not None else True)
    others = own if old is None else own[:old] + own[old + 1 :]
    place = _place(others, where)
    if place is None:
        place = old or 0
    if old is None and sum(len(rules.own(each)) for each in KINDS) >= MAX_RULES:
        raise InvalidParam(f"You have {MAX_RULES} push rules; delete one before you add another.")
    return replace(rules, **{kind: (*others[:place], rule, *others[place:])})


def delete(rules: UserRules, *, kind: str, rule_id: str) -> UserRules:
    """Remove a rule of the user's own; the default ones can only be disabled."""
    placed = find(rules, kind=kind, rule_id=rule_id)
    if placed.is_default:
        raise NotFound("A default push rule cannot be deleted; disable it instead.")
    return replace(rules, **{kind: tuple(rule for rule in getattr(rules, kind) if rule.rule_id != rule_id)})


def set_enabled(rules: UserRules, *, kind: str, rule_id: str, enabled: bool) -> UserRules:
    """Enable or disable a rule, default or own."""
    return _edited(rules, find(rules, kind=kind, rule_id=rule_id), kind=kind, change=Change(enabled=enabled))


def set_actions(rules: UserRules, actions: list[Any], *, kind: str, rule_id: str) -> UserRules:
    """Change what a rule does, default or own."""
    placed = find(rules, kind=kind, rule_id=rule_id)
    return _edited(rules, placed, kind=kind, change=Change(actions=checked_actions(actions)))


def checked_actions(actions: list[Any]) -> list[Any]:
    """Refuse what is no action, and leave out the historical ones that mean nothing now."""
    # spec: client-server-api#historical-actions
    for action in actions:
        is_tweak = isinstance(action, dict) and isinstance(action.get("set_tweak"), str)
        if not is_tweak and action not in ("notify", *_HISTORICAL):
            raise BadJson('An action is "notify" or an object with `set_tweak`, a string.')
    return [action for action in actions if action not in _HISTORICAL]


def ruleset_json(rules: UserRules, *, user_id: str) -> dict[str, Any]:
    """Return the content of `m.push_rules`, which is also the answer to a request for all rules."""
    return {
        "global": {kind: [rule_json(placed, user_id=user_id) for placed in in_order(rules, kind)] for kind in KINDS}
    }


def rule_json(placed: Placed, *, user_id: str) -> dict[str, Any]:
    """Return a rule as clients see it."""
    rule = placed.rule
    shown = {
        "rule_id": rule.rule_id,
        "default": placed.is_default,
        "enabled": rule.enabled,
        "actions": rule.actions,
    }
    if rule.conditions is not None:
        shown["conditions"] = _addressed(rule.conditions, user_id) if placed.is_default else rule.conditions
    if rule.pattern is not None:
        shown["pattern"] = rule.pattern
    return shown


def _addressed(conditions: list[dict[str, Any]], user_id: str) -> list[dict[str, Any]]:
    return [{name: user_id if value == READER else value for name, value in each.items()} for each in conditions]


def _changed(rule: Rule, change: Change | None) -> Rule:
    if change is None:
        return rule
    return replace(
        rule,
        enabled=rule.enabled if change.enabled is None else change.enabled,
        actions=rule.actions if change.actions is None else change.actions,
    )


def _edited(rules: UserRules, placed: Placed, *, kind: str, change: Change) -> UserRules:
    rule_id = placed.rule.rule_id
    edited = _changed(placed.rule, change)
    if not placed.is_default:
        own = (edited if rule.rule_id == rule_id else rule for rule in getattr(rules, kind))
        return replace(rules, **{kind: tuple(own)})
    default = next(rule for rule in DEFAULTS[kind] if rule.rule_id == rule_id)  # type: ignore[index] # found there
    difference = Change(
        enabled=None if edited.enabled == default.enabled else edited.enabled,
        actions=None if edited.actions == default.actions else edited.actions,
    )
    changes = {known: other for known, other in rules.changes.items() if known != rule_id}
    if difference != Change():
        changes[rule_id] = difference
    return replace(rules, changes=changes)


def _check_id(kind: Kind, rule_id: str) -> None:
    if rule_id.startswith("."):
        raise InvalidParam("A rule id that starts with a dot is reserved for default rules.")
    if not rule_id or not fits(rule_id) or "/" in rule_id or "\\" in rule_id:
        raise InvalidParam("A rule id has 1 to 255 bytes and neither slash nor backslash.")
    if kind == "room" and not is_room_id(rule_id):
        raise InvalidParam("The id of a room rule is the id of its room.")
    if kind == "sender" and not is_user_id(rule_id):
        raise InvalidParam("The id of a sender rule is the sender's user id.")


def _made(new: NewRule, *, kind: Kind, rule_id: str, enabled: bool) -> Rule:
    """Keep of the body what belongs to a rule of that kind."""
    conditions = pattern = None
    if kind in ("override", "underride"):
        conditions = new.conditions or []
        for condition in conditions:
            check_condition(condition)
    if kind == "content":
        pattern = new.pattern
        if pattern is None:
            raise BadJson("A content rule needs a `pattern`.")
        check_pattern(pattern)
    actions = checked_actions(new.actions)
    rule = Rule(rule_id=rule_id, actions=actions, conditions=conditions, pattern=pattern, enabled=enabled)
    if len(msgspec.json.encode(rule)) > MAX_RULE_BYTES:
        raise InvalidParam(f"A push rule has at most {MAX_RULE_BYTES} bytes.")
    return rule


def _place(others: tuple[Rule, ...], where: Where) -> int | None:
    """Return where the rule goes among the others; where both are given, `before` says it."""
    # spec: client-server-api#put_matrixclientv3pushrulesglobalkindruleid
    anchor = where.before if where.before is not None else where.after
    if anchor is None:
        return None
    index = _index(others, anchor)
    if index is None:
        raise InvalidParam(f"There is no rule of your own called {anchor!r} to be placed before or after.")
    return index if where.before is not None else index + 1


def _index(own: tuple[Rule, ...], rule_id: str) -> int | None:
    return next((index for index, rule in enumerate(own) if rule.rule_id == rule_id), None)
