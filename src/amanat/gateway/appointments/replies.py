"""One word after a reminder cancels the visit: the easier it is, the fewer seats stay empty."""

from typing import Final

from amanat.db.tx import Tx, Unit
from amanat.gateway.appointments import records, telling
from amanat.gateway.appointments.settings import Agenda
from amanat.gateway.appointments.tables import APPOINTMENTS, Appointment
from amanat.gateway.appointments.wishes import Answer, Keys

WORDS: Final = frozenset(
    {
        "batal",
        "batalkan",
        "tidak jadi",
        "gak jadi",
        "ga jadi",
        "nggak jadi",
        "tidak bisa datang",
        "cancel",
        "can't come",
    }
)


def is_cancelling(text: str) -> bool:
    """Whether a message is nothing but the word that cancels."""
    return " ".join(text.casefold().replace("’", "'").split()).strip(" .!#") in WORDS


def cancel_reminded(agenda: Agenda, keys: Keys, *, person: str, language: str, now_ms: int) -> Unit[Answer]:
    """Cancel the next visit of which a person was reminded: `cancelled`, or `none` if there is no such visit.

    Only a message that `is_cancelling`, and that a flow does not wait for, is meant for this.
    """
    key = keys.person(person)

    def run(tx: Tx) -> Answer:
        rows = [row for row in tx.scan(APPOINTMENTS, key) if _is_reminded(row, now_ms)]
        if not rows:
            return Answer(outcome="none")
        row = min(rows, key=lambda row: (row.starts_ms, row.number))
        records.give_up(tx, row, now_ms=now_ms)
        answer = telling.of_visit("cancelled", row, agenda=agenda, language=language)
        return telling.without_ticket(answer, row)

    return Unit(run, [(APPOINTMENTS, (key,))])


def _is_reminded(row: Appointment, now_ms: int) -> bool:
    return row.state == "booked" and row.reminded_ms is not None and now_ms < row.starts_ms
