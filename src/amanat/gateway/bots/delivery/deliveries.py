"""What became of deliveries: the last 100 tries and what was given up, with the bytes that a replay sends again."""

from typing import Final

from msgspec import Struct

from amanat.db.tx import Tx
from amanat.gateway.bots.tables import DELIVERIES, DELIVERY_STREAM, DeliveryRow, UpdateRow
from amanat.gateway.bots.texts import holdable

KEPT: Final = 100
TEST: Final = "test"
"""The kind of a delivery that tells of nothing: no API names one of its own so."""
GIVEN_UP: Final = "given up: it has waited too long"


class Outcome(Struct, frozen=True):
    """What came of a try; `status` is 0 where there was no answer, and `answer` says why."""

    ts: int
    took_ms: int
    status: int
    answer: str

    @property
    def is_taken(self) -> bool:
        """Whether the receiver has it."""
        return 200 <= self.status < 300


def note_try(tx: Tx, row: UpdateRow, *, outcome: Outcome) -> None:
    """Note a try to deliver an update."""
    position = tx.next(DELIVERY_STREAM)
    what, answer = (row.position, row.chat, row.kind, row.body), holdable(outcome.answer)
    tx.put(DELIVERIES, DeliveryRow(position, *what, outcome.ts, outcome.took_ms, outcome.status, answer))
    tx.delete(DELIVERIES, position - KEPT)


def note_given_up(tx: Tx, row: UpdateRow, *, ts: int) -> None:
    """Note that an update is tried no more: also one that stood behind another, and never was."""
    note_try(tx, row, outcome=Outcome(ts, 0, 0, GIVEN_UP))
