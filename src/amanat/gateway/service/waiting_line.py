"""Tells who has come how many are before them, and when it is their turn: in their chat, if they booked in one."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from amanat.db.query import Reader
from amanat.db.tx import Need, Tx
from amanat.gateway.appointments.front_desk import FrontDesk
from amanat.gateway.appointments.tables import Appointment
from amanat.gateway.service.turns import Turns

NEAR: Final = 3
"""Whoever is among the first of the line hears of each step; those behind them were told once where they stand."""


class WaitingLine:
    """The line of one counter, as those hear of it who stand in it."""

    def __init__(self, desk: FrontDesk, turns: Turns) -> None:
        self._desk = desk
        self._turns = turns

    async def others(self, store: Reader, row: Appointment) -> Sequence[Appointment]:
        """Return who stands in somebody's line, but for themselves. It is read ahead of the unit that changes it: two
        who come at the same moment may both hear the same number."""
        line = await self._desk.line(store, counter=row.counter, day=date.fromisoformat(row.day))
        return [each for each in line if each.number != row.number]

    def needs(self, *rows: Appointment) -> Sequence[Need]:
        """Return what telling them reads."""
        return [need for row in rows if row.chat for need in self._turns.needs(row.chat)]

    def came(self, tx: Tx, row: Appointment, *, others: Sequence[Appointment]) -> None:
        """Tell somebody that they were noted, and how many are before them."""
        ahead = sum(_turn(each) < _turn(row) for each in others)
        self._tell(tx, row, "arrived" if ahead else "arrived_next", before=ahead)

    def called(self, tx: Tx, row: Appointment, *, others: Sequence[Appointment]) -> None:
        """Tell somebody that it is their turn, and the next that they have come nearer."""
        self._tell(tx, row, "called", counter=row.counter.partition(".")[2])
        for ahead, each in enumerate(others[:NEAR]):
            self._tell(tx, each, "nearer" if ahead else "next", before=ahead)

    def say(self, tx: Tx, row: Appointment, *, kind: str) -> None:
        """Tell somebody what the staff did with their visit."""
        self._tell(tx, row, kind)

    def _tell(self, tx: Tx, row: Appointment, kind: str, **values: str | int) -> None:
        if row.chat:
            told = {"number": row.number} | {name: str(value) for name, value in values.items()}
            self._turns.tell_in_words(tx, kind, values=told, room_id=row.chat)


def _turn(row: Appointment) -> tuple[int, int, str]:
    return row.turn_ms or 0, row.arrived_ms or 0, row.number
