"""Sending: closed loops of encrypted sends, measured from the first to the last answer."""

import gc
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter

from msgspec import Struct

from bench import worlds
from bench.matrix import Person, Sender
from bench.process import Server
from bench.wire import Address, Answer, drive

SENDERS = 16
ROOMS = 8
_WARM_SECONDS = 1.0


class Sent(Struct, frozen=True, kw_only=True):
    """What a load of sends took: how long in all, processor seconds of each process, and seconds of each answer."""

    seconds: float
    cpu: list[float]
    latencies: Sequence[float]

    @property
    def count(self) -> int:
        """How many were acknowledged."""
        return len(self.latencies)

    @property
    def cpu_each(self) -> float:
        """Processor seconds per event, of the server and what works for it."""
        return sum(self.cpu) / self.count

    @property
    def per_second(self) -> float:
        """Acknowledged events per second."""
        return self.count / self.seconds


async def conversations(address: Address) -> list[Sender]:
    """Make the rooms and people that sends are measured with: 8 encrypted rooms with two senders each."""
    people = await worlds.register(address, SENDERS)
    groups = [people[start::ROOMS] for start in range(ROOMS)]
    rooms = await worlds.private_rooms(address, groups)
    return [
        Sender(person, room, name=person.device_id)
        for room, group in zip(rooms, groups, strict=True)
        for person in group
    ]


async def one_room(address: Address) -> list[Sender]:
    """Make a single encrypted room for all 16 senders."""
    people: list[Person] = await worlds.register(address, SENDERS)
    (room,) = await worlds.private_rooms(address, [people])
    return [Sender(person, room, name=person.device_id) for person in people]


async def send(server: Server, senders: list[Sender], *, go_on: Callable[[], bool]) -> Sent:
    """Send from all senders at once, one event after the other each, while `go_on` says so."""
    latencies = array("d")  # A million answers kept whole would be the largest process on the machine.

    def keep(answer: Answer) -> None:
        answer.expect_ok()
        latencies.append(answer.seconds)

    with collector_off():
        before, start = server.cpu(), perf_counter()
        await drive(server.address, [(_while(go_on, sender), keep) for sender in senders])
        seconds, after = perf_counter() - start, server.cpu()
    return Sent(seconds=seconds, cpu=[b - a for a, b in zip(before, after, strict=True)], latencies=latencies)


async def send_for(server: Server, senders: list[Sender], *, seconds: float) -> Sent:
    """Send for some seconds, after a second that warms the server and is not counted."""
    await send(server, senders, go_on=_until(perf_counter() + _WARM_SECONDS))
    return await send(server, senders, go_on=_until(perf_counter() + seconds))


async def send_count(server: Server, senders: list[Sender], *, count: int, limit_seconds: float = 3600.0) -> Sent:
    """Send that many events, or as many as fit into the time."""
    left, until = count, _until(perf_counter() + limit_seconds)

    def go_on() -> bool:
        nonlocal left
        left -= 1
        return left >= 0 and until()

    return await send(server, senders, go_on=go_on)


@contextmanager
def collector_off() -> Iterator[None]:
    """Keep Python's garbage collector from stopping the load generator in the middle of a measurement."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _until(moment: float) -> Callable[[], bool]:
    return lambda: perf_counter() < moment


def _while(go_on: Callable[[], bool], sender: Sender) -> Iterator[bytes]:
    while go_on():
        yield sender.event()
