"""Seats that are free again, for those who wait: first come first, a few at a time."""

from datetime import date
from typing import Final

from amanat.db.query import Reader
from amanat.db.tx import Tx, Unit
from amanat.gateway.appointments import window
from amanat.gateway.appointments.booking import Booking
from amanat.gateway.appointments.case import Case
from amanat.gateway.appointments.notices import Kind, Notice
from amanat.gateway.appointments.tables import DUE_OPENINGS, OPENINGS, WAITING, WAITING_FOR, Opening, Waiting
from amanat.gateway.appointments.wishes import Answer, decode_wish

MOST_DAYS: Final = 10
MOST_WAITING: Final = 50
AT_ONCE: Final = 5
"""People who are looked after in one unit: each looks through the seats of a day."""

_NEWS: Final = frozenset({"offered", "closed", "blocked"})
"""What somebody who waits is told; who has an appointment meanwhile knows."""


class Offers:
    """Offers seats to those who wait."""

    def __init__(self, booking: Booking) -> None:
        self._booking = booking

    async def due(self, store: Reader, *, now_ms: int) -> list[Unit[tuple[Notice, ...]]]:
        """Return a unit for each day at which to look."""
        openings = await store.all(DUE_OPENINGS, now_ms=now_ms, most=MOST_DAYS)
        return [self._offer(row, await self._waiting(store, row), now_ms=now_ms) for row in openings]

    async def _waiting(self, store: Reader, opening: Opening) -> list[Waiting]:
        """Return the first who wait for a day at this counter."""
        agenda = self._booking.agenda
        services = [name for name, service in agenda.services.items() if opening.counter in service.counters]
        rows = await store.all(WAITING_FOR, day=opening.day, services=services, most=MOST_WAITING)
        place = opening.counter.partition(".")[0]
        return [row for row in rows if decode_wish(row.wish).place in ("", place)][:AT_ONCE]

    def _offer(self, seen: Opening, waiting: list[Waiting], *, now_ms: int) -> Unit[tuple[Notice, ...]]:
        cases = [(row, self._booking.offer(decode_wish(row.wish), now_ms=now_ms)) for row in waiting]

        def run(tx: Tx) -> tuple[Notice, ...]:
            opening = tx.get(OPENINGS, seen.counter, seen.day)
            if opening is None or opening.due_ms != seen.due_ms:
                return ()
            served = [(case, _serve(tx, row, case)) for row, case in cases]
            self._look_again(tx, opening, cases, now_ms=now_ms, all_served=all(answer for _, answer in served))
            return tuple(_notice(case, answer) for case, answer in served if answer and answer.outcome in _NEWS)

        needs = [need for _, case in cases for need in case.needs]
        keys = [(WAITING, (row.service, row.day, row.since_ms, row.person)) for row in waiting]
        return Unit(run, [*needs, *keys, (OPENINGS, (seen.counter, seen.day))])

    def _look_again(
        self, tx: Tx, opening: Opening, cases: list[tuple[Waiting, Case]], *, now_ms: int, all_served: bool
    ) -> None:
        """Look at the day again: at once if there may be more who wait, or when kept seats are released."""
        releases = [self._released_ms(opening, case) for _, case in cases]
        later = min((at for at in releases if at > now_ms), default=None)
        if all_served and len(cases) == AT_ONCE:
            tx.put(OPENINGS, Opening(counter=opening.counter, day=opening.day, due_ms=now_ms))
        elif not all_served and later is not None:
            tx.put(OPENINGS, Opening(counter=opening.counter, day=opening.day, due_ms=later))
        else:
            tx.delete(OPENINGS, opening.counter, opening.day)

    def _released_ms(self, opening: Opening, case: Case) -> int:
        place = self._booking.agenda.counters[opening.counter].place
        return window.released_ms(case.service, place, day=date.fromisoformat(opening.day))


def _serve(tx: Tx, row: Waiting, case: Case) -> Answer | None:
    """Offer a seat to somebody, or take them off the list if there can be none; `None` while they wait."""
    key = (row.service, row.day, row.since_ms, row.person)
    if tx.get(WAITING, *key) is None:
        return Answer(outcome="already")
    answer = case.place(tx, waited=True)
    if answer.outcome == "full":
        return None
    tx.delete(WAITING, *key)
    return answer


def _notice(case: Case, answer: Answer) -> Notice:
    kind: Kind = "offer" if answer.outcome == "offered" else "not_waiting"
    return Notice(kind=kind, chat=case.wish.chat, answer=answer)
