"""What a value of a form means where some screens are filled in. Pure; the app has the same rules.

Both are held against `tests/gateway/forms/filled.json`.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct, ValidationError, convert

from amanat.gateway.forms.model import (
    OPTIONS,
    Answer,
    Compare,
    Every,
    Given,
    How,
    Join,
    Negated,
    Option,
    Some,
    Value,
)

_NUMBER: Final = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)


class State(Struct, frozen=True):
    """What the screens were given, and what was answered on them so far."""

    given: dict[str, dict[str, Any]]
    answers: dict[str, dict[str, Any]]


def resolve(value: Value, state: State) -> Any:
    """Return what a value stands for: nothing where it names what is not there."""
    match value:
        case Answer():
            return state.answers.get(value.screen, {}).get(value.name)
        case Given():
            return state.given.get(value.screen, {}).get(value.name)
        case Join():
            return "".join(text(part, state) for part in value.parts)
        case Compare():
            return _compares(value.how, resolve(value.left, state), resolve(value.right, state))
        case Every():
            return all(holds(part, state) for part in value.parts)
        case Some():
            return any(holds(part, state) for part in value.parts)
        case Negated():
            return not holds(value.part, state)
        case _:
            return value


def holds(value: Value, state: State) -> bool:
    """Whether a value is true. Only `true` is: no text or number is."""
    return resolve(value, state) is True


def text(value: Value, state: State) -> str:
    """Return a value as words."""
    return as_text(resolve(value, state))


def number(value: Value, state: State) -> int | None:
    """Return a value as a whole number that is not negative; None for what is none."""
    found = _as_number(resolve(value, state))
    return int(found) if found is not None and 0 <= found < 2**31 else None


def options(offered: Sequence[Option] | Given, state: State) -> list[Option]:
    """Return what can be chosen, in words: what a screen was given may be no list of options at all."""
    if isinstance(offered, Given):
        try:
            found = convert(resolve(offered, state), list[_GivenOption], strict=True)[:OPTIONS]
        except ValidationError:
            return []
        return [Option(id=o.id, title=o.title, description=o.description, enabled=o.enabled) for o in found]
    return [
        Option(
            id=option.id,
            title=text(option.title, state),
            description=text(option.description, state),
            enabled=holds(option.enabled, state),
        )
        for option in offered
    ]


def as_text(found: Any) -> str:
    """Return what something is in words; nothing where it has none."""
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, float):
        return str(int(found)) if found.is_integer() else repr(found)
    if isinstance(found, list | tuple):
        return ", ".join(as_text(each) for each in found)
    return "" if found is None or isinstance(found, Mapping) else str(found)


class _GivenOption(Struct):
    id: str
    title: str
    description: str = ""
    enabled: bool = True


def _compares(how: How, left: Any, right: Any) -> bool:
    if how in ("==", "!="):
        return (as_text(left) == as_text(right)) == (how == "==")
    first, second = _as_number(left), _as_number(right)
    if first is None or second is None:
        return False
    return {"<": first < second, "<=": first <= second, ">": first > second, ">=": first >= second}[how]


def _as_number(found: Any) -> float | None:
    if isinstance(found, bool):
        return None
    if isinstance(found, int | float):
        return found
    return float(found) if isinstance(found, str) and _NUMBER.fullmatch(found) else None
