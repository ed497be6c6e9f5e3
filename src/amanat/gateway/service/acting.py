"""Does what flows ask for, one unit for each: the deed, its answer to the flow, and what the flow says to it.

A conversation waits for its act, so it has one at a time. What is killed in the middle is done again from its row,
under the same request id, by which each part knows what it has done already.
"""

import asyncio
import os
from collections.abc import Callable
from typing import Final, NamedTuple

import msgspec
import structlog
from msgspec import Struct

from amanat.core.errors import InternalError
from amanat.db.tx import Tx, Unit
from amanat.gateway.appointments import acts
from amanat.gateway.appointments.office import Appointments
from amanat.gateway.appointments.wishes import Papers
from amanat.gateway.connectors.connectors import Connectors
from amanat.gateway.connectors.source import Call
from amanat.gateway.flows.session import Act, Answered, Session, decode
from amanat.gateway.service.shelf import Shelf
from amanat.gateway.service.tables import ACTS, CONVERSATION, OLDEST_ACTS, ActRow
from amanat.gateway.service.turns import Turns
from amanat.gateway.signals import Signal
from amanat.gateway.store.store import GatewayStore
from amanat.gateway.tickets import tickets

SEED_BYTES: Final = 16
DATABASE_AWAY_S: Final = 0.5
LOOK_AT: Final = 100
"""Acts that are begun at one look, beside those that are under way."""

log = structlog.get_logger()


class Outcome(Struct, frozen=True):
    """What came of a deed."""

    outcome: str
    values: dict[str, str]
    papers: Papers | None = None


FAILED: Final = Outcome("error", {})


class _Doing(NamedTuple):
    row: ActRow
    task: asyncio.Task[None]


class Acting:
    """Does the acts of one service's conversations."""

    def __init__(
        self,
        store: GatewayStore,
        turns: Turns,
        *,
        shelf: Shelf,
        connectors: Connectors,
        now_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self._turns = turns
        self._shelf = shelf
        self._connectors = connectors
        self._now_ms = now_ms
        self._came = Signal()
        self._doing: dict[str, _Doing] = {}
        self._are_more = False

    def came(self) -> None:
        """Have what is to be done looked into."""
        self._came.set()

    async def work(self) -> None:
        """Do what there is and what comes, until cancelled. One that takes long keeps no other waiting."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._came.clear()
                await self._look(tasks)
                await self._came.wait()

    async def _look(self, tasks: asyncio.TaskGroup) -> None:
        limit = LOOK_AT + len(self._doing)
        try:
            rows = await self._store.all(OLDEST_ACTS, limit=limit)
        except InternalError:
            log.warning("acts_wait_for_database")
            await asyncio.sleep(DATABASE_AWAY_S)
            self._came.set()
            return
        self._are_more = len(rows) == limit
        for row in rows:
            self._begin(row, tasks)

    def _begin(self, row: ActRow, tasks: asyncio.TaskGroup) -> None:
        before = self._doing.get(row.room_id)
        if before is not None:
            if before.row == row:
                return
            before.task.cancel()  # The person has gone elsewhere: nobody waits for it.
        self._doing[row.room_id] = _Doing(row, tasks.create_task(self._until_done(row)))

    async def _until_done(self, row: ActRow) -> None:
        try:
            while True:
                try:
                    return await self._surely(row)
                except InternalError:
                    # The disk is full or the database away: nothing is lost.
                    await asyncio.sleep(DATABASE_AWAY_S)
        finally:
            doing = self._doing.get(row.room_id)
            if doing is not None and doing.row is row:
                del self._doing[row.room_id]
            if self._are_more:
                self._came.set()

    async def _surely(self, row: ActRow) -> None:
        """Do an act, whatever happens; raises `InternalError` if the database is away."""
        act = msgspec.json.decode(row.act, type=Act)
        try:
            await self._do(row, act, await self._deed(row, act))
        except InternalError:
            raise
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
            if act.kind != "call":
                self._turns.let_desk_look(tx, "tickets" if act.kind == "ticket" else "day")
            if came is not None:
                self._turns.was_looked_up(tx, act, outcome=came.outcome, room_id=row.room_id)
                answered = Answered(effect=act.id, outcome=came.outcome, values=came.values)
                self._turns.answer(tx, answered, papers=came.papers, room_id=row.room_id)

        await self._store.write(do, needs=[*self._turns.needs(row.room_id), *deed.needs])

    async def _deed(self, row: ActRow, act: Act) -> Unit[Outcome | None]:
        conversation = await self._store.first(CONVERSATION, room_id=row.room_id)
        if conversation is None:
            return Unit(lambda _: FAILED, ())  # Nobody is told: the act is gone with the conversation.
        person, session = conversation.person, decode(conversation.session)
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
        if act.kind == "call":
            return await self._call(request, act, session)
        appointments = self._shelf.appointments
        if appointments is not None:
            return self._booking(
                appointments,
                acts.Asked(
                    kind=act.kind,
                    target=act.target,
                    arguments=act.arguments,
                    request=request,
                    person=person,
                    chat=row.room_id,
                    language=session.language,
                    seed=os.urandom(SEED_BYTES),
                ),
            )
        log.warning("nobody_does", kind=act.kind, target=act.target)
        return Unit(lambda _: FAILED, ())

    async def _call(self, request: str, act: Act, session: Session) -> Unit[Outcome | None]:
        """Ask another system. What is asked again after a crash is asked under the same id."""
        connector = self._shelf.version(session.version).connectors[act.target]
        reply = await self._connectors.ask(
            Call(
                request=request,
                source=act.target,
                arguments=act.arguments,
                gives=connector.gives,
                deadline_ms=act.deadline_ms,
            )
        )
        outcome = Outcome(reply.outcome, dict(reply.values))
        return Unit(lambda _: outcome, ())

    def _ticket(self, asked: tickets.Asked) -> Unit[Outcome | None]:
        def run(tx: Tx) -> Outcome:
            number = tickets.open_ticket(tx, asked, now_ms=self._now_ms())
            return FAILED if number is None else Outcome("opened", {"number": number})

        return Unit(run, tickets.needs(asked))

    def _booking(self, appointments: Appointments, asked: acts.Asked) -> Unit[Outcome | None]:
        unit = acts.act(appointments.booking, asked, now_ms=self._now_ms())

        def run(tx: Tx) -> Outcome | None:
            answer = unit.run(tx)
            if answer is None:
                return None  # A lot will be drawn, and the clock brings the answer.
            return Outcome(answer.outcome, dict(answer.values), answer.papers)

        return Unit(run, unit.needs)


def request_of(conversation: str, act: Act) -> str:
    """Return the id of an effect for ever: a flow's own ids are a conversation's."""
    return f"{conversation}/{act.id}"


def effect_of(request: str) -> tuple[str, str]:
    """Return the conversation and the effect that `request_of` made a request of."""
    conversation, _, effect = request.rpartition("/")
    return conversation, effect
