"""Paths into an event, as `content.m\\.relates_to`. Pure; spec: appendices#dot-separated-property-paths."""

import re
from typing import Any, Final

Path = tuple[str, ...]

_PIECE = re.compile(r"(?:\\.|[^.\\]|\\\Z)*", re.DOTALL)
_ESCAPED = re.compile(r"\\([.\\])")


class _Absent:
    """What `at` returns for a path that leads nowhere, since `None` is a value."""


ABSENT: Final = _Absent()


def parse(path: str) -> Path:
    """Split at the dots that no backslash escapes; other escapes stay as they are written."""
    pieces, start = [], 0
    while True:
        match = _PIECE.match(path, start)
        end = match.end() if match else start
        pieces.append(_ESCAPED.sub(r"\1", path[start:end]))
        if end >= len(path):
            return tuple(pieces)
        start = end + 1


def at(event: dict[str, Any], path: Path) -> Any:
    """Return the value at `path`, or `ABSENT`."""
    value: Any = event
    for name in path:
        if type(value) is not dict or name not in value:
            return ABSENT
        value = value[name]
    return value
