"""What people told the office, as the desk shows and answers it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec import json
from msgspec.structs import replace

from amanat.db.tx import Tx
from amanat.gateway.desk import trail
from amanat.gateway.desk.changes import Changes
from amanat.gateway.desk.errors import NoSuch
from amanat.gateway.desk.joints import Names
from amanat.gateway.service.notice_words import words_of
from amanat.gateway.service.turns import Turns
from amanat.gateway.store.store import GatewayStore
from amanat.gateway.tickets.tickets import IN_STATE, LATEST_IN_STATE, TICKETS, Ticket

MOST: Final = 500
TOPIC: Final = "tickets"


class DeskTickets:
    """The desk's `Tickets` over a service's tickets."""

    def __init__(
        self, store: GatewayStore, turns: Turns, *, names: Names, changes: Changes, now_ms: Callable[[], int]
    ) -> None:
        self._store = store
        self._turns = turns
        self._names = names
        self._changes = changes
        self._now_ms = now_ms

    async def in_state(self, state: str) -> list[Mapping[str, Any]]:
        """Return the tickets in a state: those that wait the longest first, those that are closed the latest."""
        query = LATEST_IN_STATE if state == "closed" else IN_STATE
        rows = await self._store.all(query, status=state, most=MOST)
        names = await self._names.of({row.person for row in rows})
        return [_told(row, names) for row in rows]

    async def change(self, member: str, number: str, *, state: str, answer: str) -> Mapping[str, Any]:
        """Put a ticket into a state, and say an answer to its person: the same answer is said once."""
        found = await self._store.write(lambda tx: tx.get(TICKETS, number), needs=[(TICKETS, (number,))])
        if found is None:
            raise NoSuch

        def run(tx: Tx) -> Ticket:
            row = tx.get(TICKETS, number)
            if row is None:
                raise NoSuch
            after = replace(row, status=state, answer=answer or row.answer)
            if after == row:
                return row
            after = replace(after, changed_ts=self._now_ms())
            tx.put(TICKETS, after)
            if after.answer != row.answer:
                self._answer(tx, after)
            trail.note(tx, member, what="ticket_changed", about=f"{number} {state}", now_ms=self._now_ms())
            self._changes.after(tx, TOPIC)
            return after

        needs = [(TICKETS, (number,)), *self._turns.needs(found.room_id)]
        row = await self._store.write(run, needs=needs)
        return _told(row, await self._names.of({row.person}))

    def _answer(self, tx: Tx, ticket: Ticket) -> None:
        head = words_of("about_report", {"number": ticket.number}, language=self._turns.language_of(tx, ticket.room_id))
        self._turns.tell_plainly(tx, f"{head}\n\n{ticket.answer}", room_id=ticket.room_id)


def _told(row: Ticket, names: Mapping[str, str]) -> Mapping[str, Any]:
    return {
        "number": row.number,
        "desk": row.desk,
        "room_id": row.room_id,
        "person": row.person,
        "person_name": names[row.person],
        "opened_ts": row.opened_ts,
        "changed_ts": row.changed_ts,
        "state": row.status,
        "answer": row.answer,
        "details": json.decode(row.details, type=dict[str, str]),
    }
