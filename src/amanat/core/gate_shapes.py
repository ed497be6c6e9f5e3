"""The shapes that a value in clear may have: whether it fits, and in words what fits. Pure; knows no event type.

`fits` runs for every encrypted message, so a shape is a closure over its limits. `free_text` marks the few shapes in
which a person's own words can stand: everything else is an id, a number, a choice or base64, and never has a space.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from amanat.core.emoji import is_one_emoji
from amanat.core.identifiers import MAX_ID_BYTES, NAMESPACE, is_alias

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_SERVER = r"[0-9A-Za-z.\[\]:-]{1,230}"  # spec: appendices#server-name
_OPAQUE = r"[!-9;-~]{1,250}"  # printable ASCII but space and colon
_OUR_KEY = re.compile(re.escape(NAMESPACE) + r"\.[a-z_]{1,32}")
MAX_INTEGER = 2**53 - 1


class Shape(Struct, frozen=True, kw_only=True):
    """What a value must be: `words` complete the sentence "it must be ...". `keys` are those of an object."""

    words: str
    fits: Callable[[Any], bool]
    free_text: bool = False
    keys: "Mapping[str, Key]" = {}


class Key(Struct, frozen=True):
    """A key that may stand in clear, and why it must."""

    shape: Shape
    why: str
    required: bool = False


def text(limit: int) -> Shape:
    """A person's own words, readable by the server; the limit is in characters."""
    return Shape(
        words=f"text of at most {limit:,} characters",
        fits=lambda value: isinstance(value, str) and len(value) <= limit,
        free_text=True,
    )


def nothing_or(shape: Shape) -> Shape:
    """Null and the empty string say "none" where the specification lets them."""
    inner = shape.fits
    return Shape(
        words=f"{shape.words}, or null",
        fits=lambda value: value is None or value == "" or inner(value),
        free_text=shape.free_text,
    )


def base64(limit: int) -> Shape:
    """Base64 with or without padding."""

    def fits(value: Any) -> bool:
        return isinstance(value, str) and 0 < len(value) <= limit and is_base64(value)

    return Shape(words=f"base64 of at most {limit:,} characters", fits=fits)


def is_base64(value: str) -> bool:
    """Say whether there is nothing but base64's alphabet. Deleting it in C is four times as fast as an expression."""
    return value.isascii() and not value.encode().translate(None, _BASE64)


def matching(words: str, pattern: str, *, limit: int = MAX_ID_BYTES) -> Shape:
    """An ASCII string that the whole pattern matches, of at most `limit` characters."""
    match = re.compile(pattern, re.ASCII).fullmatch
    return Shape(
        words=words, fits=lambda value: isinstance(value, str) and len(value) <= limit and match(value) is not None
    )


def one_of(*choices: str) -> Shape:
    """One of a closed list, so that no words of a person's can stand there."""
    allowed = frozenset(choices)
    words = f"`{choices[0]}`" if len(choices) == 1 else "one of " + ", ".join(f"`{choice}`" for choice in choices)
    return Shape(words=words, fits=lambda value: isinstance(value, str) and value in allowed)


def integer(low: int, high: int) -> Shape:
    """A whole number within both bounds. A boolean is not one, whatever Python says."""
    return Shape(
        words=f"a whole number from {low:,} to {high:,}",
        fits=lambda value: type(value) is int and low <= value <= high,
    )


def list_of(item: Shape, *, limit: int) -> Shape:
    """At most `limit` items of one shape."""
    inner = item.fits
    return Shape(
        words=f"a list of at most {limit:,}, each {item.words}",
        fits=lambda value: isinstance(value, list) and len(value) <= limit and all(inner(one) for one in value),
        free_text=item.free_text,
        keys={f"[].{key}": entry for key, entry in item.keys.items()},
    )


def map_of(name: Shape, item: Shape, *, limit: int) -> Shape:
    """An object whose keys are data: at most `limit`, all of one shape."""
    name_fits, item_fits = name.fits, item.fits

    def fits(value: Any) -> bool:
        if not isinstance(value, dict) or len(value) > limit:
            return False
        return all(name_fits(key) and item_fits(one) for key, one in value.items())

    return Shape(
        words=f"an object of at most {limit:,}, each {name.words} with {item.words}",
        fits=fits,
        free_text=item.free_text,
        keys={f"*.{key}": entry for key, entry in item.keys.items()},
    )


def object_of(keys: Mapping[str, Key], *, our_keys: Shape | None = None) -> Shape:
    """An object of known keys only; `our_keys` is the shape of any other key under our own namespace."""
    required = frozenset(key for key, entry in keys.items() if entry.required)
    checks = {key: entry.shape.fits for key, entry in keys.items()}
    ours = our_keys.fits if our_keys else None

    def fits(value: Any) -> bool:
        if not isinstance(value, dict) or not required <= value.keys():
            return False
        for key, item in value.items():
            check = checks.get(key) or (ours if _OUR_KEY.fullmatch(key) else None)
            if check is None or not check(item):
                return False
        return True

    listed = dict(keys)
    if our_keys:
        listed[f"{NAMESPACE}.*"] = Key(our_keys, "A later key of our own app; never words of a person's.")
    return Shape(words="an object of known keys", fits=fits, keys=listed)


def any_of(*shapes: Shape) -> Shape:
    """A value that fits one of several shapes."""
    checks = [shape.fits for shape in shapes]
    return Shape(
        words=", or ".join(shape.words for shape in shapes),
        fits=lambda value: any(check(value) for check in checks),
        free_text=any(shape.free_text for shape in shapes),
    )


def entry_for(shape: Shape, key: str) -> Key | None:
    """Return what an object's shape says of a key; None if it knows no such key."""
    known = shape.keys.get(key)
    return known or (shape.keys.get(f"{NAMESPACE}.*") if _OUR_KEY.fullmatch(key) else None)


def missing_keys(shape: Shape, content: Iterable[str]) -> list[str]:
    """Return the required keys that are not there, in the table's order."""
    present = set(content)
    return [key for key, entry in shape.keys.items() if entry.required and key not in present]


def paths(shape: Shape, prefix: str = "") -> Iterator[tuple[str, Key]]:
    """Walk every key that may be in clear, by its path: `a.b`, `[]` for a list's items, `*` for a map's."""
    for name, entry in shape.keys.items():
        path = f"{prefix}{name}" if not prefix or name.startswith("[]") else f"{prefix}.{name}"
        yield path, entry
        yield from paths(entry.shape, path)


def _is_alias(value: Any) -> bool:
    return isinstance(value, str) and is_alias(value) and not any(map(str.isspace, value))


def _is_reaction(value: Any) -> bool:
    return (
        isinstance(value, str)
        and len(value.encode("utf-8", "surrogatepass")) <= 64
        and (is_one_emoji(value) or MXC.fits(value))
    )


NOTHING = Shape(words="empty", fits=lambda value: value == "" and isinstance(value, str))
FLAG = Shape(words="true or false", fits=lambda value: isinstance(value, bool))
EVENT_ID = matching("an event id", r"\$[A-Za-z0-9_-]{43}")  # spec: rooms/v10#event-ids, the same in 11 and 12
ROOM_ID = matching("a room id", f"!{_OPAQUE}(?::{_SERVER})?")
USER_ID = matching("a user id", f"@{_OPAQUE}:{_SERVER}")
ALIAS = Shape(words="a room alias", fits=_is_alias)
MXC = matching("an mxc: address", rf"mxc://{_SERVER}/[A-Za-z0-9_-]{{1,200}}")
SERVER_NAME = matching("a server name", _SERVER)
SERVER_GLOB = matching("a server name with wildcards", r"[0-9A-Za-z.\[\]:*?-]{1,230}")
TOKEN = matching("an opaque id without spaces", "[!-~]{1,255}")
EVENT_TYPE = matching("an event type", r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
REACTION = Shape(words="one emoji or mxc: address of at most 64 bytes", fits=_is_reaction)
