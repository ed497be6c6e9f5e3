"""Percent-decoding of paths and queries that refuses what it cannot read instead of guessing."""

import re
from typing import Final
from urllib.parse import unquote_to_bytes

from amanat.core.errors import InvalidParam

_BROKEN: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def decode(text: str) -> str:
    """Decode one path segment, or one name or value of a query."""
    if "%" not in text:
        return text
    if _BROKEN.search(text):
        raise InvalidParam("The URL has a % that two hexadecimal digits do not follow.")
    try:
        decoded = unquote_to_bytes(text).decode()
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
