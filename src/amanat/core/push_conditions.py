"""The conditions of push rules, checked when a rule is written and compiled before it is used. Pure.

Spec: client-server-api#conditions-1. A condition that this file does not know, or cannot make sense of, never holds.
"""

import operator
import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from amanat.core import globs
from amanat.core.errors import BadJson, InvalidParam
from amanat.core.power_levels import PowerLevels
from amanat.core.property_paths import at, parse

Content = dict[str, Any]


class Context(Struct, frozen=True, kw_only=True):
    """What a rule may ask beyond the event: about its reader, and about the room when it was sent."""

    user_id: str
    display_name: str | None = None
    member_count: int
    power_levels: PowerLevels


Condition = Callable[[Content, Context], bool]

_COUNT = re.compile(r"(==|<=|>=|<|>)?([0-9]{1,15})", re.ASCII)
_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "==": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_SCALARS = (str, int, bool, type(None))
_BODY = ("content", "body")


def check(condition: Content) -> None:
    """Refuse a condition that a client cannot have meant; kinds of a later specification pass."""
    kind = condition.get("kind")
    if not isinstance(kind, str):
        raise BadJson("A condition needs a `kind` that is a string.")
    for name in _STRINGS.get(kind, ()):
        if not isinstance(condition.get(name), str):
            raise BadJson(f"A condition of kind {kind} needs `{name}`, a string.")
    if kind in _BY_VALUE and ("value" not in condition or type(condition["value"]) not in _SCALARS):
        raise BadJson(f"A condition of kind {kind} needs `value`: a string, an integer, a boolean or null.")
    if kind == "event_match":
        check_pattern(condition["pattern"])
    if kind == "room_member_count" and not _COUNT.fullmatch(condition["is"]):
        raise InvalidParam("`is` is a number with one of ==, <, >, <=, >= before it, or nothing.")


def check_pattern(pattern: str) -> None:
    """Keep what users make the server match to a length that is cheap."""
    if len(pattern) > globs.MAX_PATTERN:
        raise InvalidParam(f"A pattern has at most {globs.MAX_PATTERN} characters.")


def compiled(condition: Content, *, reader: str | None = None) -> Condition:
    """Return the condition as a function; a pattern or value that equals `reader` stands for the reader's user id."""
    make = _KINDS.get(condition.get("kind", ""))
    try:
        check(condition)
    except (BadJson, InvalidParam):
        return _never
    if make is None:
        return _never
    if reader is not None and reader in (condition.get("pattern"), condition.get("value")):
        return _about_reader(condition)
    return make(condition)


def body_match(pattern: str) -> Condition:
    """Whether words of the message's body match `pattern`; the whole of a rule of kind `content`."""
    matches = globs.words(pattern).match

    def holds(event: Content, _: Context) -> bool:
        body = at(event, _BODY)
        return isinstance(body, str) and matches(body) is not None

    return holds


def _never(_: Content, __: Context) -> bool:
    return False


def _event_match(condition: Content) -> Condition:
    path, pattern = parse(condition["key"]), condition["pattern"]
    if path == _BODY:
        return body_match(pattern)
    if globs.is_literal(pattern):
        return _equals_ignoring_case(path, pattern)
    matches = globs.whole(pattern).match

    def holds(event: Content, _: Context) -> bool:
        value = at(event, path)
        return isinstance(value, str) and matches(value) is not None

    return holds


def _equals_ignoring_case(path: tuple[str, ...], pattern: str) -> Condition:
    wanted = pattern.lower()

    def holds(event: Content, _: Context) -> bool:
        value = at(event, path)
        return isinstance(value, str) and (value == pattern or value.lower() == wanted)

    return holds


def _event_property_is(condition: Content) -> Condition:
    path, wanted = parse(condition["key"]), condition["value"]

    def holds(event: Content, _: Context) -> bool:
        return _same(at(event, path), wanted)

    return holds


def _event_property_contains(condition: Content) -> Condition:
    path, wanted = parse(condition["key"]), condition["value"]

    def holds(event: Content, _: Context) -> bool:
        values = at(event, path)
        return isinstance(values, list) and any(_same(value, wanted) for value in values)

    return holds


def _about_reader(condition: Content) -> Condition:
    """The two shapes in which default rules speak of their reader: a list that has, or a property that is, the id."""
    path = parse(condition["key"])

    def contains(event: Content, context: Context) -> bool:
        values = at(event, path)
        return isinstance(values, list) and context.user_id in values

    def equals(event: Content, context: Context) -> bool:
        return bool(at(event, path) == context.user_id)

    return contains if condition["kind"] == "event_property_contains" else equals


def _same(value: Any, wanted: Any) -> bool:
    """Compare without casts: `true` is not 1."""
    return type(value) is type(wanted) and bool(value == wanted)


def _contains_display_name(_: Content) -> Condition:
    def holds(event: Content, context: Context) -> bool:
        body = at(event, _BODY)
        name = context.display_name
        return bool(name) and isinstance(body, str) and globs.phrase(name).search(body) is not None

    return holds


def _room_member_count(condition: Content) -> Condition:
    match = _COUNT.fullmatch(condition["is"])
    assert match is not None, "`check` refuses anything else"
    compare, wanted = _COMPARE[match[1] or "=="], int(match[2])

    def holds(_: Content, context: Context) -> bool:
        return compare(context.member_count, wanted)

    return holds


def _sender_notification_permission(condition: Content) -> Condition:
    key = condition["key"]

    def holds(event: Content, context: Context) -> bool:
        levels = context.power_levels
        return levels.of_user(event["sender"]) >= levels.for_notification(key)

    return holds


_KINDS: dict[str, Callable[[Content], Condition]] = {
    "event_match": _event_match,
    "event_property_is": _event_property_is,
    "event_property_contains": _event_property_contains,
    "contains_display_name": _contains_display_name,
    "room_member_count": _room_member_count,
    "sender_notification_permission": _sender_notification_permission,
}
_BY_VALUE = ("event_property_is", "event_property_contains")
_STRINGS: dict[str, tuple[str, ...]] = {
    "event_match": ("key", "pattern"),
    "event_property_is": ("key",),
    "event_property_contains": ("key",),
    "room_member_count": ("is",),
    "sender_notification_permission": ("key",),
}
