"""How long to wait before something is tried again. Pure: who wants chance in it brings it."""

from typing import Final

MAX_DOUBLINGS: Final = 20
"""More make no pause longer than anybody waits, and a count of tries knows no end."""


def pause(tries: int, *, first: float, last: float, chance: float = 1.0) -> float:
    """Return the pause after so many tries in vain: `first`, twice as long each time, and at most `last`.

    At least a half of it is waited; `chance`, between 0 and 1, says how much more. What failed at one moment does not
    come back at one moment then.
    """
    doubled: float = min(last, first * 2.0 ** min(tries - 1, MAX_DOUBLINGS))
    return doubled * (1 + chance) / 2
