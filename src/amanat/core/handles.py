"""Handles: what a person is found by, and when two of them look alike. Pure.

A handle is ASCII, so that the look-alikes of other scripts are refused as a whole instead of being listed one by one:
Unicode's own table of confusables has 6,000 rows, and no library's copy of it was kept up to date. What is left are
the few ASCII shapes of the table below.
"""

import re
import unicodedata
from typing import Final

from amanat.core.errors import InvalidUsername

MAX_HANDLE: Final = 64

_HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")
_SHAPES: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_LETTERS: Final = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", ".": "-", "_": "-"})


def normalise(text: str) -> str:
    """Return the handle that somebody means who types `text`; raises InvalidUsername."""
    handle = unicodedata.normalize("NFKC", text).casefold().strip()
    if len(handle) > MAX_HANDLE or _HANDLE.fullmatch(handle) is None:
        raise InvalidUsername(
            f"A user name has 1 to {MAX_HANDLE} of the letters a to z, digits, dots, hyphens and underscores, "
            "and begins and ends with a letter or a digit."
        )
    return handle


def is_handle(text: str) -> bool:
    """Whether `text` is a handle as it stands."""
    return len(text) <= MAX_HANDLE and _HANDLE.fullmatch(text) is not None


def fold(handle: str) -> str:
    """Return what a handle looks like: two handles with the same folding cannot both be given out."""
    folded = handle
    for pair, letter in _SHAPES:
        folded = folded.replace(pair, letter)
    return folded.translate(_LETTERS)
