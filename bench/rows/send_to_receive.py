"""From a send to the other's sync having it, on an idle server: 20 events a second in 8 rooms, all listening."""

import asyncio
from itertools import cycle
from time import perf_counter

from bench import listeners, load
from bench.figures import Figure, Line, percentile
from bench.lab import Lab
from bench.matrix import Person
from bench.process import Server
from bench.rows.row import HOMESERVERS, Row
from bench.wire import LoadError, connect

_PER_SECOND = 20
_EVENTS = 600
_WARM = 40  # The first two seconds are not counted.


async def _latencies(server: Server) -> list[float]:
    senders = await load.conversations(server.address)
    sessions = await listeners.first_syncs(server.address, [sender.person for sender in senders])
    asked: dict[int, tuple[Person, float]] = {}
    took: dict[int, float] = {}

    def heard(person: Person, mark: int, came: float) -> None:
        sender, start = asked[mark]
        if person != sender:
            took[mark] = came - start

    async with listeners.audience(server.address, sessions) as audience:
        audience.heard = heard
        await server.quiet()
        connections = [await connect(server.address, lambda answer: answer.expect_ok()) for _ in senders]
        with load.collector_off():
            start = perf_counter()
            for mark, (sender, connection) in zip(range(_EVENTS), cycle(zip(senders, connections, strict=True))):
                await asyncio.sleep(start + mark / _PER_SECOND - perf_counter())
                raw = sender.event(mark)
                asked[mark] = (sender.person, perf_counter())
                connection.ask(raw)
            await server.quiet()
        for connection in connections:
            connection.close()
    if len(took) < _EVENTS:
        raise LoadError(f"{_EVENTS - len(took)} of {_EVENTS} events were not heard.")
    return [seconds for mark, seconds in took.items() if mark >= _WARM]


async def _measure(lab: Lab) -> dict[str, Figure]:
    with lab.empty_folder() as data:
        async with lab.server(data) as server:
            took = await _latencies(server)
    sync, both = lab.sync_seconds(), (percentile(took, 0.5), percentile(took, 0.99))
    return {
        "send_to_receive": Figure(values=tuple(seconds * 1e3 for seconds in both)),
        "send_to_receive_less": Figure(values=tuple((seconds - sync) * 1e3 for seconds in both)),
    }


ROW = Row(
    name="send_to_receive",
    subjects=HOMESERVERS,
    measure=_measure,
    lines=(
        Line(
            key="send_to_receive",
            work="send to receive at 20/s, p50 / p99",
            unit="ms",
            must=(4, 12),
            aim=(2, 5),
        ),
        Line(key="send_to_receive_less", work="… less one fsync", unit="ms"),
    ),
)
