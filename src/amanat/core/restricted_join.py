"""Restricted rooms: whose members may join, and who can vouch for them. Pure.

Spec: client-server-api#restricted-rooms.
"""

from collections.abc import Mapping
from typing import Any

from amanat.core.power_levels import PowerLevels

_RULES = frozenset({"restricted", "knock_restricted"})


def is_restricted(join_rules: Mapping[str, Any]) -> bool:
    """Whether members of other rooms may join."""
    return join_rules.get("join_rule") in _RULES


def rooms_allowed(join_rules: Mapping[str, Any]) -> list[str]:
    """Return the rooms whose members may join; conditions of a kind that is not known let nobody in."""
    conditions = join_rules.get("allow") if is_restricted(join_rules) else None
    if not isinstance(conditions, list):
        return []
    rooms = [each.get("room_id") for each in conditions if _is_membership(each)]
    return [room_id for room_id in rooms if isinstance(room_id, str)]


def named_inviters(levels: PowerLevels) -> list[str]:
    """Return those whom the power levels name and who may invite, the most powerful first."""
    able = [user_id for user_id, level in levels.users.items() if level >= levels.invite]
    return sorted(able, key=lambda user_id: -levels.users[user_id])


def _is_membership(condition: Any) -> bool:
    return isinstance(condition, dict) and condition.get("type") == "m.room_membership"
