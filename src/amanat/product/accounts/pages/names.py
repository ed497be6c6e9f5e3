"""What may stand in a person's name, which others see beside everything they write. Pure."""

import unicodedata
from typing import Final

MAX_NAME: Final = 100

# Controls, and what turns the text after it around: a name must not rearrange what stands beside it.
_CONTROLS: Final = ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
_TURNS: Final = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def name_problem(name: str) -> str | None:
    """Return the key of what is wrong with a display name, if anything is. None is needed."""
    if len(name) > MAX_NAME:
        return "names.long_name"
    if any(letter in _TURNS or unicodedata.category(letter) in _CONTROLS for letter in name):
        return "names.bad_name"
    return None
