"""What is wrong with a Flow JSON: each thing with its path and its place in the text, in Meta's form. Pure.

Source: developers.facebook.com, "Flow JSON, Error codes".
"""

import re
from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct

MOST: Final = 50
"""Told of one Flow JSON."""
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.S)


class Issue(Struct, frozen=True, kw_only=True):
    """One thing. `path` is written as `screens[0].layout`; `is_dynamic`: it asks for an endpoint."""

    error: str
    message: str
    path: str
    is_dynamic: bool = False


def told(issues: Sequence[Issue], text: str) -> list[dict[str, Any]]:
    """Return issues as Meta tells them."""
    places = _places(text) if issues else {}
    return [_told(issue, text, places) for issue in issues[:MOST]]


def not_json(message: str, *, line: int, column: int) -> dict[str, Any]:
    """Return what is told of a text that is no JSON."""
    spot = {"line_start": line, "line_end": line, "column_start": column, "column_end": column}
    return {"error": "INVALID_JSON", "error_type": "JSON_ERROR", "message": message, **spot, "pointers": []}


def _told(issue: Issue, text: str, places: dict[str, tuple[int, int]]) -> dict[str, Any]:
    path = issue.path
    while path and path not in places:
        path = re.sub(r"(\.[^.\[]+|\[\d+\]|^[^.\[]+)$", "", path)
    start, end = places.get(path, (0, min(len(text), 1)))
    (line, column), (last_line, last_column) = _spot(text, start), _spot(text, max(start, end - 1))
    spot = {"line_start": line, "line_end": last_line, "column_start": column, "column_end": last_column}
    return {
        "error": issue.error,
        "error_type": "FLOW_JSON_ERROR",
        "message": f"{issue.message} (at {issue.path})" if issue.path else issue.message,
        **spot,
        "pointers": [{**spot, "path": issue.path}],
    }


def _spot(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def _places(text: str) -> dict[str, tuple[int, int]]:
    """Return from where to where each value of a JSON text stands, by its path. The text was read as JSON before."""
    places: dict[str, tuple[int, int]] = {}
    # Each open object or list: its path, where it begins, and the name or the index that comes next.
    opened: list[tuple[str, int, str | int]] = []
    tokens = list(_TOKEN.finditer(text))
    for index, token in enumerate(tokens):
        word = token[0]
        if word in "}]":
            path, start, _ = opened.pop()
            places[path] = (start, token.end())
        elif word == ",":
            path, start, at = opened[-1]
            opened[-1] = (path, start, at + 1 if isinstance(at, int) else "")
        elif word == ":":
            continue
        elif opened and opened[-1][2] == "" and index + 1 < len(tokens) and tokens[index + 1][0] == ":":
            opened[-1] = (*opened[-1][:2], word[1:-1])
        else:
            path = _path(opened[-1]) if opened else ""
            if word in "{[":
                opened.append((path, token.start(), "" if word == "{" else 0))
            else:
                places[path] = token.span()
    return places


def _path(frame: tuple[str, int, str | int]) -> str:
    path, _, at = frame
    return f"{path}[{at}]" if isinstance(at, int) else f"{path}.{at}".lstrip(".")
