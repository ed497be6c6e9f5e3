"""Appointments of one service as a whole: made once from its settings and its secret."""

from amanat.db.query import Reader
from amanat.gateway.appointments.booking import Booking
from amanat.gateway.appointments.due import Clock
from amanat.gateway.appointments.front_desk import FrontDesk
from amanat.gateway.appointments.settings import Agenda
from amanat.gateway.appointments.tables import IN_USE
from amanat.gateway.appointments.wishes import Keys


class Appointments:
    """What a composition needs: `booking` for people, `desk` for the staff, `clock` for what falls due."""

    def __init__(self, agenda: Agenda, secret: bytes) -> None:
        self.agenda = agenda
        self.keys = Keys(secret)
        self.booking = Booking(agenda, self.keys)
        self.desk = FrontDesk(self.booking, self.keys)
        self.clock = Clock(self.booking)


async def in_the_way(store: Reader, agenda: Agenda) -> list[str]:
    """Return why settings cannot replace those before them: somebody has a seat at what is no longer there."""
    sentences = []
    for row in await store.all(IN_USE):
        if row.counter not in agenda.counters or row.service not in agenda.services:
            sentences.append(
                f"There are appointments for '{row.service}' at '{row.counter}', the last on {row.day}: keep both in "
                "appointments.yaml until then."
            )
    return sentences
