"""Does what flows ask for, one unit for each: the deed, its answer to the flow, and what the flow says to it.

A conversation waits for its act, so it has one at a time. What is killed in the middle is done again from its row,
under the same request id, by which each part knows what it has done already.
"""

import asyncio
import os
from collections.abc import Callable
from typing import Final

import msgspec
import structlog
from msgspec import Struct

from amanat.core.errors import InternalError
from amanat.db.tx import Tx, Unit
from amanat.gateway.appointments import acts
from amanat.gateway.appointments.office import Appointments
from amanat.gateway.flows.session import Act, Answered, decode
from amanat.gateway.service.shelf import Shelf
from amanat.gateway.service.tables import ACTS, CONVERSATION, OLDEST_ACTS, ActRow
from amanat.gateway.service.turns import Turns
from amanat.gateway.store.store import GatewayStore
from amanat.gateway.tickets import tickets

SEED_BYTES: Final = 16
DATABASE_AWAY_S: Final = 0.5

log = structlog.get_logger()


class Outcome(Struct, frozen=True):
    """What came of a deed."""

    outcome: str
    values: dict[str, str]


FAILED: Final = Outcome("error", {})


class Acting:
    """Does the acts of one service's conversations."""

    def __init__(
        self,
        store: GatewayStore,
        turns: Turns,
        *,
        shelf: Shelf,
        now_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self._turns = turns
        self._shelf = shelf
        self._now_ms = now_ms
        self._came = asyncio.Event()

    def came(self) -> None:
        """Have what is to be done looked into."""
        self._came.set()

    async def work(self) -> None:
        """Do what there is and what comes, until cancelled."""
        while True:
            self._came.clear()
            rows = await self._store.all(OLDEST_ACTS)
            async with asyncio.TaskGroup() as side_by_side:
                for row in rows:
                    side_by_side.create_task(self._surely(row))
            if not rows:
                await self._came.wait()

    async def _surely(self, row: ActRow) -> None:
        act = msgspec.json.decode(row.act, type=Act)
        try:
            await self._do(row, act, await self._deed(row, act))
        except InternalError:
            # The disk is full or the database away: nothing is lost, and the next round tries again.
            await asyncio.sleep(DATABASE_AWAY_S)
        except Exception as error:
            # Whatever it is, a person waits for an answer, and the flow has one for this.
            log.error("act_failed", kind=act.kind, target=act.target, reason=type(error).__name__)
            await self._do(row, act, Unit(lambda _: FAILED, ()))

    async def _do(self, row: ActRow, act: Act, deed: Unit[Outcome | None]) -> None:
        def do(tx: Tx) -> None:
            if tx.get(ACTS, row.room_id) != row:
                return  # The person has gone elsewhere meanwhile.
            came = deed.run(tx)
            tx.delete(ACTS, row.room_id)
            if came is not None:
                answered = Answered(effect=act.id, outcome=came.outcome, values=came.values)
                self._turns.take(tx, answered, room_id=row.room_id)

        await self._store.write(do, needs=[*self._turns.needs(row.room_id), *deed.needs])

    async def _deed(self, row: ActRow, act: Act) -> Unit[Outcome | None]:
        conversation = await self._store.first(CONVERSATION, room_id=row.room_id)
        person = conversation.person if conversation else ""
        language = decode(conversation.session).language if conversation else ""
        request = request_of(row.conversation, act)
        if act.kind == "ticket":
            return self._ticket(
                tickets.Asked(
                    request=request,
                    desk=act.target,
                    room_id=row.room_id,
                    person=person,
                    details=act.arguments,
                    seed=os.urandom(tickets.SEED_BYTES),
                )
            )
        appointments = self._shelf.appointments
        if act.kind != "call" and appointments is not None:
            return self._booking(
                appointments,
                acts.Asked(
                    kind=act.kind,
                    target=act.target,
                    arguments=act.arguments,
                    request=request,
                    person=person,
                    chat=row.room_id,
                    language=language,
                    seed=os.urandom(SEED_BYTES),
                ),
            )
        log.warning("nobody_does", kind=act.kind, target=act.target)
        return Unit(lambda _: FAILED, ())

    def _ticket(self, asked: tickets.Asked) -> Unit[Outcome | None]:
        def run(tx: Tx) -> Outcome:
            number = tickets.open_ticket(tx, asked, now_ms=self._now_ms())
            return FAILED if number is None else Outcome("opened", {"number": number})

        return Unit(run, tickets.needs(asked))

    def _booking(self, appointments: Appointments, asked: acts.Asked) -> Unit[Outcome | None]:
        unit = acts.act(appointments.booking, asked, now_ms=self._now_ms())

        def run(tx: Tx) -> Outcome | None:
            answer = unit.run(tx)
            # None: a lot will be drawn, and the clock brings the answer.
            return None if answer is None else Outcome(answer.outcome, dict(answer.values))

        return Unit(run, unit.needs)


def request_of(conversation: str, act: Act) -> str:
    """Return the id of an effect for ever: a flow's own ids are a conversation's."""
    return f"{conversation}/{act.id}"


def effect_of(request: str) -> tuple[str, str]:
    """Return the conversation and the effect that `request_of` made a request of."""
    conversation, _, effect = request.rpartition("/")
    return conversation, effect
