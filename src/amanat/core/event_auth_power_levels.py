"""Who may change power levels, and to what: rule 9 of room versions 10 and 11, rule 10 of version 12.

Comments give both numbers, as in `event_auth`. Spec: rooms/v12#authorisation-rules.
"""

from collections.abc import Iterator
from typing import Any

from amanat.core.errors import BadJson, Forbidden
from amanat.core.events import Draft, Event
from amanat.core.identifiers import is_user_id
from amanat.core.power_levels import DEFAULTS, creators_of
from amanat.core.room_state import RoomState


def authorise_power_levels(draft: Draft, state: RoomState, *, create: Event) -> None:
    """Refuse power levels of the wrong shape, and a change that reaches above who makes it."""
    new = draft.content
    _check_shape(new)
    if state.version.creators_above_all:
        _refuse_creators(new, creators_of(create, state.version))
    current = state.get("m.room.power_levels")
    if current is None:  # 9.4 | 10.5
        return
    level = state.power_levels.of_user(draft.sender)
    _check_properties(current.content, new, level)
    for part in ("events", "notifications"):
        _check_entries(current.content.get(part, {}), new.get(part, {}), level)
    _check_users(current.content.get("users", {}), new, level, sender=draft.sender)


def _check_shape(content: dict[str, Any]) -> None:
    for key in DEFAULTS:
        if key in content and type(content[key]) is not int:  # 9.1 | 10.1
            raise BadJson(f"{key} is not an integer.")
    for part in ("events", "notifications", "users"):
        if part in content and not _holds_integers(content[part]):  # 9.2, 9.3 | 10.2, 10.3
            raise BadJson(f"{part} is not an object whose values are integers.")
    for user_id in content.get("users", ()):
        if not is_user_id(user_id):  # 9.3 | 10.3
            raise BadJson("users has a key that is not a user id.")


def _holds_integers(value: Any) -> bool:
    return isinstance(value, dict) and all(type(level) is int for level in value.values())


def _refuse_creators(content: dict[str, Any], creators: frozenset[str]) -> None:
    if creators & content.get("users", {}).keys():  # 10.4
        raise Forbidden("The room's creators stand above its power levels and are not named in them.")


def _check_properties(current: dict[str, Any], new: dict[str, Any], level: int) -> None:
    for key, old_level, new_level in _changes(current, new):
        if key not in DEFAULTS:
            continue
        if old_level is not None and old_level > level:  # 9.5.1 | 10.6.1
            raise Forbidden(f"You cannot change {key}: it is {old_level}, and your power level {level}.")
        _refuse_above(key, new_level, level)  # 9.5.2 | 10.6.2


def _check_entries(current: dict[str, int], new: dict[str, int], level: int) -> None:
    for key, old_level, new_level in _changes(current, new):
        if old_level is not None and old_level > level:  # 9.6.1 | 10.7.1
            raise Forbidden(f"You cannot change the level of {key}: it is {old_level}, and your power level {level}.")
        _refuse_above(key, new_level, level)  # 9.7.1 | 10.8.1


def _check_users(current: dict[str, int], new: dict[str, Any], level: int, *, sender: str) -> None:
    for user_id, old_level, new_level in _changes(current, new.get("users", {})):
        if old_level is not None and old_level >= level and user_id != sender:  # 9.8.1 | 10.9.1
            raise Forbidden(f"You cannot change the level of {user_id}: it is not below yours.")
        _refuse_above(user_id, new_level, level)  # 9.9.1 | 10.10.1
        if new_level is None:
            # Ours: by the rules, taking out an entry below a higher users_default would raise its user, the sender too.
            _refuse_above(user_id, new.get("users_default", DEFAULTS["users_default"]), level)


def _refuse_above(key: str, new_level: int | None, level: int) -> None:
    if new_level is not None and new_level > level:
        raise Forbidden(f"You cannot give {key} the level {new_level}: your own is {level}.")


def _changes(current: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield what was added, changed or removed, as key, old level and new level; None where there is none."""
    for key in current.keys() | new.keys():
        old_level, new_level = current.get(key), new.get(key)
        if old_level != new_level:
            yield key, old_level, new_level
