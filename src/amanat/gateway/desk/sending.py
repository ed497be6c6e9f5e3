"""The transaction ids of replies: by them the server's answer finds the line that was said. Pure.

A reply that is too long for one message is said in several. The seed keeps ids apart when an older database has been
put back and counts its lines anew: the server would take a repeated id for a message that it has.
"""

import re
from collections.abc import Callable
from typing import Final

from msgspec import Struct

_ID: Final = re.compile(r"desk\.(\d{1,18})\.(\d{1,4})\.(\d{1,4})\.[A-Za-z0-9_-]+", re.ASCII)

TxnIds = Callable[[int, int], str]
"""Gives the id of one message of so many, the first being 1."""


class Part(Struct, frozen=True):
    """A message of a reply."""

    position: int
    is_last: bool


def txn_ids(position: int, *, seed: str) -> TxnIds:
    """Return what names the messages of the line at a position."""
    return lambda number, of: f"desk.{position}.{number}.{of}.{seed}"


def part_of(txn_id: str) -> Part | None:
    """Return which line a transaction id belongs to; `None` for what the desk has not said."""
    match = _ID.fullmatch(txn_id)
    return Part(int(match[1]), match[2] == match[3]) if match else None
