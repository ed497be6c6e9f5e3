"""Percent-decoding of paths and queries that refuses what it cannot read instead of guessing."""

from functools import lru_cache
from typing import Final

from amanat.core.errors import InvalidParam

_REMEMBERED: Final = 1024
_DIGITS: Final = "0123456789ABCDEFabcdef"
_BYTES: Final = {f"{high}{low}".encode(): bytes.fromhex(high + low) for high in _DIGITS for low in _DIGITS}


def decode(text: str) -> str:
    """Decode one path segment, or one name or value of a query."""
    if "%" not in text:
        return text
    return _decoded(text) if len(text) <= _REMEMBERED else _decoded.__wrapped__(text)


@lru_cache(maxsize=4096)
def _decoded(text: str) -> str:
    """Decode what a client says again with every request: a room's id, a filter."""
    # A third of the time of urllib's, which also lets broken escapes pass.
    head, *escaped = text.encode("latin-1").split(b"%")
    try:
        decoded = b"".join([head, *[_BYTES[part[:2]] + part[2:] for part in escaped]]).decode()
    except KeyError:
        raise InvalidParam("The URL has a % that two hexadecimal digits do not follow.") from None
    except UnicodeDecodeError:
        raise InvalidParam("The URL has percent-encoded bytes that are not UTF-8.") from None
    if "\0" in decoded:
        raise InvalidParam("The URL has a percent-encoded U+0000.")
    return decoded


def parse_query(query: str) -> dict[str, list[str]]:
    """Split a query string into its values by name, in order."""
    values: dict[str, list[str]] = {}
    for pair in query.split("&"):
        if pair:
            name, _, value = pair.replace("+", " ").partition("=")
            values.setdefault(decode(name), []).append(decode(value))
    return values
