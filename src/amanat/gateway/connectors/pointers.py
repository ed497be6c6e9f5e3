"""Values of a JSON document by JSON pointers (RFC 6901), as plain text. Pure."""

import json
import re
from typing import Any, Final, TypeAlias

Json: TypeAlias = Any

_INDEX: Final = re.compile("0|[1-9][0-9]{0,8}")


class NoJson(Exception):
    """These bytes are no JSON document that could be read."""


def read_json(body: bytes) -> Json:
    """Read a document. Numbers stay as they were written: an amount is not to be rounded. Raises `NoJson`."""
    try:
        return json.loads(body, parse_int=str, parse_float=str, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise NoJson from None


def is_pointer(text: str) -> bool:
    """Whether a text is a JSON pointer to a part of a document."""
    return text.startswith("/") and "~" not in text.replace("~0", "").replace("~1", "")


def text_at(document: Json, pointer: str) -> str:
    """Return the text, number or truth that a pointer leads to; '' for anything else, and where it leads nowhere."""
    at = document
    for key in pointer.split("/")[1:]:
        at = _below(at, key.replace("~1", "/").replace("~0", "~"))
    if isinstance(at, bool):
        return "true" if at else "false"
    return at if isinstance(at, str) else ""


def _below(at: Json, key: str) -> Json:
    if isinstance(at, dict):
        return at.get(key)
    if isinstance(at, list) and _INDEX.fullmatch(key) and int(key) < len(at):
        return at[int(key)]
    return None


def _refuse(constant: str) -> Json:
    raise ValueError(f"{constant} is no JSON.")
