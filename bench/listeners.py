"""Parked syncs: sessions that long-poll, poll again when they are answered, and say which event they heard when."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import perf_counter

from msgspec import Struct

from bench import matrix
from bench.matrix import Person, Poll
from bench.wire import Address, Answer, Connection, LoadError, ask_all, connect

# Called with who heard it, the event's mark, and when the last byte had come.
Heard = Callable[[Person, int, float], None]


class Session(Struct, frozen=True, kw_only=True):
    """A client that has done its first sync: whose, with which filter, and the token it goes on from."""

    person: Person
    filter_id: str
    since: str


async def first_syncs(address: Address, people: list[Person]) -> list[Session]:
    """Upload each one's filter and do each one's first sync, as a client does once."""
    stored = await ask_all(address, (matrix.upload_filter(person) for person in people))
    filters = [str(answer.json()["filter_id"]) for answer in stored]
    pairs = list(zip(people, filters, strict=True))
    synced = await ask_all(address, (matrix.sync(person, filter_id=filter_id) for person, filter_id in pairs))
    return [
        Session(person=person, filter_id=filter_id, since=matrix.next_batch(answer.body))
        for (person, filter_id), answer in zip(pairs, synced, strict=True)
    ]


class _Listener:
    """One session on one connection."""

    def __init__(self, session: Session, heard: Heard, failed: Callable[[Exception], None]) -> None:
        self._person = session.person
        self._first = session.since
        self._polls = Poll(session.person, filter_id=session.filter_id)
        self._heard = heard
        self._failed = failed
        self._connection: Connection | None = None
        self._leaving = False

    async def start(self, address: Address) -> None:
        self._connection = await connect(address, self._answered, on_lost=self._lost)
        self._poll(self._first)

    def close(self) -> None:
        self._leaving = True
        if self._connection is not None:
            self._connection.close()

    def _poll(self, since: str) -> None:
        assert self._connection is not None
        self._connection.ask(self._polls.since(since))

    def _answered(self, answer: Answer) -> None:
        try:
            answer.expect_ok()
            self._poll(matrix.next_batch(answer.body))
            for mark in matrix.marks_in(answer.body):
                self._heard(self._person, mark, answer.came)
        except Exception as error:
            self._failed(error)

    def _lost(self) -> None:
        if not self._leaving:
            self._failed(LoadError("The server closed a parked connection."))


class Audience:
    """All sessions that listen; what they hear goes to `heard`, their first failure to `failure`."""

    def __init__(self) -> None:
        self.failure: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._listeners: list[_Listener] = []
        self.heard: Heard = lambda *_: None

    async def park(self, address: Address, sessions: list[Session]) -> None:
        """Open one connection per session and let it poll."""
        for session in sessions:
            listener = _Listener(session, self._tell, self._fail)
            self._listeners.append(listener)
            await listener.start(address)

    async def all_hear(self, mark: int, *, trigger: Callable[[], None], limit_seconds: float = 120.0) -> float:
        """Trigger the send of a marked event; return how long after the trigger the last session had it."""
        missing = len(self._listeners)
        last = asyncio.get_running_loop().create_future()

        def heard(_: Person, found: int, came: float) -> None:
            nonlocal missing
            missing -= found == mark
            if not missing and not last.done():
                last.set_result(came)

        self.heard = heard
        start = perf_counter()
        trigger()
        done, _ = await asyncio.wait({last, self.failure}, timeout=limit_seconds, return_when=asyncio.FIRST_COMPLETED)
        if self.failure in done:
            await self.failure
        if not done:
            raise LoadError(f"{missing} of {len(self._listeners)} sessions did not hear an event in {limit_seconds} s.")
        return float(await last) - start

    def _tell(self, person: Person, mark: int, came: float) -> None:
        self.heard(person, mark, came)

    def _fail(self, error: Exception) -> None:
        if not self.failure.done():
            self.failure.set_exception(error)

    def close(self) -> None:
        """Close all connections."""
        for listener in self._listeners:
            listener.close()
        self.failure.cancel()


@asynccontextmanager
async def audience(address: Address, sessions: list[Session]) -> AsyncIterator[Audience]:
    """Park sessions for the length of a block."""
    parked = Audience()
    try:
        await parked.park(address, sessions)
        yield parked
    finally:
        parked.close()
