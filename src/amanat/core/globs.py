"""Glob patterns as regular expressions that cannot be made to run long. Pure; spec: appendices#glob-style-matching.

Patterns come from users, so the obvious translation of `*` into `.*` would let one rule hold the server for hours.
Each run of literal characters is instead sought once, from the left, in an atomic group: where the leftmost place fails
a later one fails too, so nothing is lost and the work stays within pattern length times text length.
"""

import re
from functools import lru_cache

MAX_PATTERN = 512
"""Characters. Bounds one match and, with `_CACHED`, the caches: 4,096 compiled patterns of a few kB at worst."""
_CACHED = 4096
_FLAGS = re.DOTALL | re.IGNORECASE
_BEFORE_WORD = r"(?<![A-Za-z0-9_])"
_AFTER_WORD = r"(?![A-Za-z0-9_])"


@lru_cache(maxsize=_CACHED)
def stars(pattern: str) -> re.Pattern[str]:
    """Compile what matches a whole text, `*` being the only wildcard and case counting; use with `match`."""
    return re.compile(_whole([re.escape(run) for run in pattern.split("*")]), re.DOTALL)


def is_literal(pattern: str) -> bool:
    """Whether nothing in `pattern` is a wildcard."""
    return "*" not in pattern and "?" not in pattern


@lru_cache(maxsize=_CACHED)
def whole(pattern: str) -> re.Pattern[str]:
    """Compile what matches a whole text, without regard to case; use with `match`."""
    return re.compile(_whole(_runs(pattern)), _FLAGS)


@lru_cache(maxsize=_CACHED)
def words(pattern: str) -> re.Pattern[str]:
    """Compile what matches any part of a text that starts and ends at a word boundary; use with `match`."""
    # spec: client-server-api#conditions-1
    runs = _runs(pattern)
    runs[0] = _BEFORE_WORD + runs[0]
    runs[-1] += _AFTER_WORD
    return re.compile(_sought(runs), _FLAGS)


@lru_cache(maxsize=_CACHED)
def phrase(text: str) -> re.Pattern[str]:
    """Compile what finds `text` itself between word boundaries; use with `search`."""
    return re.compile(_BEFORE_WORD + re.escape(text) + _AFTER_WORD, _FLAGS)


def _runs(pattern: str) -> list[str]:
    return ["".join("." if char == "?" else re.escape(char) for char in run) for run in pattern.split("*")]


def _whole(runs: list[str]) -> str:
    first, *rest = runs
    if not rest:
        return rf"{first}\Z"
    *middle, last = rest
    return rf"{first}{_sought(middle)}.*{last}\Z"


def _sought(runs: list[str]) -> str:
    return "".join(f"(?>.*?{run})" for run in runs)
