"""Which rooms a person's push rules silence, read off the rules once: unread counts ask it of every room. Pure.

It knows the rules that clients write to mute a room, and the master rule; what other rules do is for
`push_evaluation`, event by event. Spec: client-server-api#receiving-notifications.
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from msgspec import Struct

from amanat.core import globs
from amanat.core.push_rules import UserRules, in_order
from amanat.core.push_rules_default import MASTER, Rule


class Volume(IntEnum):
    """What is heard of a room: nothing, mentions of the person, everything."""

    MUTED = 0
    MENTIONS = 1
    LOUD = 2


class Silence(Struct, frozen=True):
    """The rooms of which less than everything is heard. `everywhere` holds for each of them."""

    everywhere: Volume
    rooms: Mapping[str, Volume]

    def of(self, room_id: str) -> Volume:
        """Return what is heard of a room."""
        volume = self.rooms.get(room_id)
        return self.everywhere if volume is None else min(self.everywhere, volume)


LOUD = Silence(Volume.LOUD, {})
"""What everybody hears who changed nothing."""


def silence_of(rules: UserRules) -> Silence:
    """Read off a person's rules what they silence."""
    if rules == UserRules():
        return LOUD
    master = next(placed.rule for placed in in_order(rules, "override") if placed.rule.rule_id == MASTER)
    if master.enabled and not _notifies(master):
        return Silence(Volume.MUTED, {})
    heard: dict[str, Volume] = {}
    for rule in rules.override:
        room_id = _only_room(rule)
        if rule.enabled and room_id is not None:
            heard.setdefault(room_id, Volume.LOUD if _notifies(rule) else Volume.MUTED)
    for rule in rules.room:
        if rule.enabled:
            heard.setdefault(rule.rule_id, Volume.LOUD if _notifies(rule) else Volume.MENTIONS)
    return Silence(Volume.LOUD, {room_id: volume for room_id, volume in heard.items() if volume is not Volume.LOUD})


def _notifies(rule: Rule) -> bool:
    return "notify" in rule.actions


def _only_room(rule: Rule) -> str | None:
    """Return the room that the rule is about, if that is its one condition."""
    conditions: list[dict[str, Any]] = rule.conditions or []
    if len(conditions) != 1 or (conditions[0].get("kind"), conditions[0].get("key")) != ("event_match", "room_id"):
        return None
    pattern = conditions[0].get("pattern")
    return pattern if isinstance(pattern, str) and globs.is_literal(pattern) else None
