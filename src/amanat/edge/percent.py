"""Percent-decoding of paths and queries that refuses what it cannot read instead of guessing."""

from typing import Final

from amanat.core.errors import InvalidParam

_DIGITS: Final = "0123456789ABCDEFabcdef"
_BYTES: Final = {f"{high}{low}".encode(): bytes.fromhex(high + low) for high in _DIGITS for low in _DIGITS}


def decode(text: str) -> str:
    """Decode one path segment, or one name or value of a query."""
    if "%" not in text:
        return text
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
