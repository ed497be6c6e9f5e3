"""What a person can have done about their appointments: each is one unit, to be joined with others of the same commit.

A unit reads only what it declares. It is decided inside the one writer, so of any number of people who want the last
seat one gets it; that a seat is taken once stands in the schema as well.
"""

from collections.abc import Callable, Sequence

from amanat.db.tx import Need, Tx, Unit
from amanat.gateway.appointments.case import Case, Outcome
from amanat.gateway.appointments.search import Search
from amanat.gateway.appointments.settings import Agenda
from amanat.gateway.appointments.slots import Grid
from amanat.gateway.appointments.tables import LOTS, REQUESTS, WAITING, Lot, Request
from amanat.gateway.appointments.wishes import Keys, Wish, decode_answer, encode


class Booking:
    """Makes units of work of what people wish."""

    def __init__(self, agenda: Agenda, keys: Keys) -> None:
        self.agenda = agenda
        self.grid = Grid()
        self.keys = keys

    def book(self, wish: Wish, *, now_ms: int) -> Unit[Outcome]:
        """Book, or only hold, a seat. What the person holds already, or is offered, is booked.

        Outcomes: `booked`, `held`; `already` (has one); `full`, `closed`, `not_yet` (with what is free, or when to ask,
        as `next_date` and `next_time`); `blocked` (missed too many); `None` in the first minute of a release.
        """
        case = self._case(wish, now_ms=now_ms)
        return self._once(wish, case.book, case.needs, now_ms=now_ms)

    def draw(self, lot: Lot, wish: Wish, *, now_ms: int) -> Unit[Outcome]:
        """Answer a request whose lot is drawn; `None` if it was answered before."""
        case = self._case(wish, now_ms=now_ms)
        key = (lot.service, lot.draw_ms, lot.lot, lot.person)

        def run(tx: Tx) -> Outcome:
            if tx.get(LOTS, *key) is None:
                return None
            tx.delete(LOTS, *key)
            answer = case.place(tx)
            tx.put(REQUESTS, Request(request=wish.request, answer=encode(answer), at_ms=now_ms))
            return answer

        return Unit(run, [*case.needs, (LOTS, key)])

    def offer(self, wish: Wish, *, now_ms: int) -> Case:
        """Return the case of somebody who waits, or whose day was closed, for `due` to find them a seat."""
        return self._case(wish, now_ms=now_ms, instead=False)

    def move(self, wish: Wish, *, now_ms: int) -> Unit[Outcome]:
        """Move an appointment: `moved`; `none`, `too_often`, `too_late`; `full`, `closed`, `not_yet` as in `book`."""
        case = self._case(wish, now_ms=now_ms)
        return self._once(wish, case.move, case.needs, now_ms=now_ms)

    def cancel(self, wish: Wish, *, now_ms: int) -> Unit[Outcome]:
        """Cancel an appointment: `cancelled`, `none`, or `too_late` once it has begun."""
        case = self._case(wish, now_ms=now_ms)
        return self._once(wish, case.cancel, case.own_needs, now_ms=now_ms)

    def find(self, wish: Wish, *, now_ms: int) -> Unit[Outcome]:
        """Tell a person of their appointment: `found`, `offered` (a seat that `book` takes), or `none`."""
        case = self._case(wish, now_ms=now_ms)
        return Unit(case.find, case.own_needs)

    def wait(self, wish: Wish, *, now_ms: int) -> Unit[Outcome]:
        """Put a person on the waiting list of a day: `waiting`, `already`, `full` (the list), `closed`."""
        case = self._case(wish, now_ms=now_ms)
        needs = [*case.needs, (WAITING, (wish.service, str(wish.day)))]
        return self._once(wish, case.wait, needs, now_ms=now_ms)

    def _case(self, wish: Wish, *, now_ms: int, instead: bool = True) -> Case:
        search = Search(self.agenda, self.grid, wish=wish, now_ms=now_ms, instead=instead)
        return Case(self.agenda, search, keys=self.keys, now_ms=now_ms)

    def _once(
        self, wish: Wish, decide: Callable[[Tx], Outcome], needs: Sequence[Need], *, now_ms: int
    ) -> Unit[Outcome]:
        """A request that was answered is answered again, and nothing is done."""

        def run(tx: Tx) -> Outcome:
            known = tx.get(REQUESTS, wish.request)
            if known is not None:
                return decode_answer(known.answer) if known.answer is not None else None
            answer = decide(tx)
            stored = encode(answer) if answer is not None else None
            tx.put(REQUESTS, Request(request=wish.request, answer=stored, at_ms=now_ms))
            return answer

        return Unit(run, [*needs, (REQUESTS, (wish.request,))])
