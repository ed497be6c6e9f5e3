"""Opens tickets. A ticket is opened in the unit of whatever asked for it, once for each `request`."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from amanat.core.spoken_numbers import symbols
from amanat.db.query import QueryFile
from amanat.db.table import Table
from amanat.db.tx import Need, Tx

_LENGTH: Final = 7
SEED_BYTES: Final = 8


class Ticket(Struct, frozen=True):
    """`number` as people are told it; `details` is a JSON object of texts. Status: open, answered or closed.

    `answer` is what the office said to it last.
    """

    number: str
    desk: str
    room_id: str
    person: str
    details: bytes
    status: str
    opened_ts: int
    changed_ts: int
    answer: str | None = None


class _OpenedRow(Struct, frozen=True):
    request: str
    number: str
    opened_ts: int


class Asked(Struct, frozen=True, kw_only=True):
    """What a ticket is to say. `request` is its own for ever; `seed` is at least `SEED_BYTES` of chance."""

    request: str
    desk: str
    room_id: str
    person: str
    details: Mapping[str, str]
    seed: bytes


TICKETS: Final = Table("tickets", Ticket, key=1)
_OPENED: Final = Table("opened_tickets", _OpenedRow, key=1)

_sql = QueryFile("amanat.gateway.tickets", "tickets")
OPEN_OF_DESK = _sql.query("open_of_desk", Ticket)
IN_STATE = _sql.query("in_state", Ticket)
LATEST_IN_STATE = _sql.query("latest_in_state", Ticket)


def needs(asked: Asked) -> Sequence[Need]:
    """Return what `open_ticket` reads."""
    return [(_OPENED, (asked.request,)), (TICKETS, (number_of(asked.seed),))]


def open_ticket(tx: Tx, asked: Asked, *, now_ms: int) -> str | None:
    """Open a ticket and return its number; that of the first time where it is asked for again.

    `None` where the number is another ticket's already: ask again with another seed.
    """
    opened = tx.get(_OPENED, asked.request)
    if opened is not None:
        return opened.number
    number = number_of(asked.seed)
    if tx.get(TICKETS, number) is not None:
        return None
    details = msgspec.json.encode(asked.details)
    tx.put(TICKETS, Ticket(number, asked.desk, asked.room_id, asked.person, details, "open", now_ms, now_ms))
    tx.put(_OPENED, _OpenedRow(asked.request, number, now_ms))
    return number


def number_of(seed: bytes) -> str:
    """Return a number that nobody can guess from another: three and four characters, such as K7P-4XQ2."""
    drawn = symbols(seed[:SEED_BYTES], _LENGTH)
    return f"{drawn[:3]}-{drawn[3:]}"
