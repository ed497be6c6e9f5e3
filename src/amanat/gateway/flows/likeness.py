"""Which sample a text is like, by a rule that a clerk can explain: it has three of four words of the sample.

A cell may hold several samples, divided by `|`: a text is like the cell if it is like one of them. Where it is like
several cells, the one counts of which it has the largest share, then the most words, then the first. Capitals, accents
and punctuation make no difference, nor does the order; words of one or two letters are left out, and so is whatever
else the text says: what is passed on grows a greeting at its head and a warning at its end.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from amanat.gateway.flows.matching import folded

SHARE: Final = 0.75
FEWEST: Final = 4
"""Words of a sample: with fewer, any long text would be like it."""

MOST_CELLS: Final = 1000
"""Compared with one text: some two milliseconds."""

_SHORTEST: Final = 3
_DIVIDER: Final = "|"


def most_alike(text: str, cells: Sequence[str]) -> int | None:
    """Return the place of the cell that a text is most like; None if it is like none."""
    said = _words(text)
    best, place = (0.0, 0), None
    for at, cell in enumerate(cells):
        likeness = max((_likeness(said, sample) for sample in _samples(cell)), default=(0.0, 0))
        if likeness[0] >= SHARE and likeness > best:
            best, place = likeness, at
    return place


def short_samples(cell: str) -> list[str]:
    """Return the samples of a cell that have too few words."""
    return [part.strip() for part in cell.split(_DIVIDER) if len(_words(part)) < FEWEST]


def _likeness(said: frozenset[str], sample: frozenset[str]) -> tuple[float, int]:
    shared = len(said & sample)
    return (shared / len(sample) if sample else 0.0, shared)


@lru_cache(maxsize=8192)
def _samples(cell: str) -> tuple[frozenset[str], ...]:
    """Read a flow's own samples once, since they come again with every text. What people write is not kept here."""
    return tuple(_words(part) for part in cell.split(_DIVIDER))


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in folded(text).split() if len(word) >= _SHORTEST)
