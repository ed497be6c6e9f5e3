"""Reads what a bot sent: strictly what is used of it, and never what is not. Pure."""

import re
from collections.abc import Mapping
from typing import Any, Final, TypeVar

import msgspec

from amanat.gateway.cloud_api.errors import GraphError

T = TypeVar("T")

_AT: Final = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<path>[^`]*)`)?$", re.S)
_MISSING: Final = re.compile(r"missing required field `(?P<name>[^`]*)`")


def read(value: object, shape: type[T], *, at: str) -> T:
    """Read a value of one shape; `at` names it. Numbers may be written as strings, as old clients do."""
    try:
        return msgspec.convert(value, shape, strict=False)
    except msgspec.ValidationError as error:
        found = _AT.match(str(error))
        what, path = (found["what"], found["path"] or "") if found else (str(error), "")
        place = f"{at}.{path}".strip(".") if not path.startswith("[") else f"{at}{path}"
        missing = _MISSING.search(what)
        if missing:
            raise GraphError(
                131008, f"The parameter {f'{place}.' if place else ''}{missing['name']} is required."
            ) from None
        raise GraphError(100, f"Param {place}: {what}.") from None


def read_json(text: str | bytes, *, at: str) -> Any:
    """Read JSON."""
    try:
        return msgspec.json.decode(text)
    except (ValueError, RecursionError):
        raise GraphError(100, f"{at} is not JSON.") from None


def as_object(value: object, *, at: str) -> dict[str, Any]:
    """Return an object, which some clients send as a string of JSON."""
    if isinstance(value, str):
        value = read_json(value, at=f"Param {at}")
    if not isinstance(value, Mapping):
        raise GraphError(100, f"Param {at} must be an object.")
    return dict(value)


def at_most(text: str, limit: int, *, at: str) -> str:
    """Return a text that is there and is not too long; `limit` in characters."""
    if not text.strip():
        raise GraphError(131008, f"The parameter {at} is required.")
    if len(text) > limit:
        raise GraphError(100, f"Param {at} must be at most {limit} characters long.")
    return text


def one_of(text: str, allowed: tuple[T, ...], *, at: str) -> T:
    """Return which of several words a text is; small letters are as good."""
    for word in allowed:
        if text.upper() == word:
            return word
    raise GraphError(100, f"Param {at} must be one of {', '.join(map(str, allowed))}.")
