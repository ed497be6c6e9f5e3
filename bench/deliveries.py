"""Rounds of one event to a room in which everybody listens, shared by the rows about delivery."""

from functools import partial

from msgspec import Struct

from bench import listeners
from bench.load import collector_off
from bench.matrix import Person, Sender
from bench.process import Server
from bench.wire import connect

_FIRST_MARK = 1000


class Delivered(Struct, frozen=True, kw_only=True):
    """What the rounds took: processor seconds in all, and per round the time until the last session had it."""

    cpu: float
    last_after: list[float]


async def deliveries(server: Server, people: list[Person], *, room_id: str, rounds: int) -> Delivered:
    """Park everybody, then send one event per round, each when the server has nothing left to do."""
    sessions = await listeners.first_syncs(server.address, people)
    sender = Sender(people[0], room_id, name="delivery")
    last_after, cpu = [], 0.0
    async with listeners.audience(server.address, sessions) as audience:
        with collector_off():
            for mark in range(_FIRST_MARK, _FIRST_MARK + rounds + 1):
                # A new one each round: between two rounds a server may well close an idle connection.
                connection = await connect(server.address, lambda answer: answer.expect_ok())
                await server.quiet()
                raw, before = sender.event(mark), sum(server.cpu())
                last = await audience.all_hear(mark, trigger=partial(connection.ask, raw))
                await server.quiet()  # The next polls are part of the price.
                connection.close()
                if mark > _FIRST_MARK:  # The first round warms the server.
                    last_after.append(last)
                    cpu += sum(server.cpu()) - before
    return Delivered(cpu=cpu, last_after=last_after)
