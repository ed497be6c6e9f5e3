"""How many there are of what a bot has only so many of: counted in the unit that adds, so that a bound always holds."""

from typing import Literal

from msgspec import Struct

from amanat.db.table import Table
from amanat.db.tx import Need, Tx

Counted = Literal["products", "dues"]


class CountRow(Struct, frozen=True):
    """So many there are."""

    name: str
    number: int


COUNTS = Table("bot_counts", CountRow, key=1)


def need(name: Counted) -> Need:
    """Return what `count` reads."""
    return (COUNTS, (name,))


def count(tx: Tx, name: Counted, *, more: int) -> int:
    """Put that there are so many more, or fewer, and return how many there are then."""
    row = tx.get(COUNTS, name)
    number = (row.number if row else 0) + more
    tx.put(COUNTS, CountRow(name, number))
    return number
