"""Whether a send costs more in a room that has seen a million events than in one that has seen a thousand."""

import statistics

from bench import load
from bench.figures import Figure, Line
from bench.lab import Lab
from bench.matrix import Sender
from bench.process import Server
from bench.rows.row import Row, of
from bench.subjects.subject import FULL

_YOUNG = 1_000
_WINDOWS = 3
_PER_WINDOW = 5_000
_FILL_LIMIT_SECONDS = 900.0  # So that the whole bench stays under an hour; the figure says how far it came.


async def _cost(server: Server, senders: list[Sender]) -> float:
    """Median of a few windows: one that a neighbour on the machine disturbed does not count."""
    windows = [await load.send_count(server, senders, count=_PER_WINDOW) for _ in range(_WINDOWS)]
    return statistics.median(sent.cpu_each for sent in windows)


async def _measure(lab: Lab) -> dict[str, Figure]:
    with lab.empty_folder() as data:
        async with lab.server(data) as server:
            senders = await load.one_room(server.address)
            await load.send_count(server, senders, count=_YOUNG)
            young = await _cost(server, senders)
            wanted = max(0, lab.scale.events - _YOUNG - _WINDOWS * _PER_WINDOW)
            lab.say(f"filling a room with {wanted:,} events")
            filled = await load.send_count(server, senders, count=wanted, limit_seconds=_FILL_LIMIT_SECONDS)
            old = await _cost(server, senders)
    events = _YOUNG + _WINDOWS * _PER_WINDOW + filled.count
    note = of(events, FULL.events, what="events")
    return {"aged_room": Figure(values=(old / young,), note=note)}


ROW = Row(
    name="aged_room",
    subjects=frozenset({"amanat"}),  # Synapse would need hours to fill the room.
    measure=_measure,
    lines=(
        Line(
            key="aged_room",
            work="send cost after one million events in the room, over the cost at 1,000",
            unit="",
            must=(1.15,),
            aim=(1.05,),
        ),
    ),
)
