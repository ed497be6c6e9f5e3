"""What a row of the bench is."""

from collections.abc import Awaitable, Callable

from msgspec import Struct

from bench.figures import Figure, Line
from bench.lab import Lab

EVERYONE = frozenset({"synapse", "bare", "amanat"})
HOMESERVERS = frozenset({"synapse", "amanat"})


class Row(Struct, frozen=True, kw_only=True):
    """One measurement: the lines it fills, which subjects it can be taken of, and a figure for each line's key."""

    name: str
    lines: tuple[Line, ...]
    subjects: frozenset[str]
    measure: Callable[[Lab], Awaitable[dict[str, Figure]]]


def of(count: int, wanted: int, *, what: str) -> str:
    """Say that a load was smaller than the table's, if it was."""
    return "" if count == wanted else f"{count:,} {what}"
