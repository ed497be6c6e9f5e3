"""How long until the last of a large room has an event, everybody listening."""

import statistics

from bench.deliveries import deliveries
from bench.figures import Figure, Line
from bench.lab import Lab
from bench.rows.row import EVERYONE, Row
from bench.subjects.subject import FULL

_ROUNDS = 7


async def _measure(lab: Lab) -> dict[str, Figure]:
    world = await lab.world("community")
    with lab.copy_of(world) as data:
        async with lab.server(data) as server:
            done = await deliveries(server, world.people, room_id=world.rooms[0], rounds=_ROUNDS)
    seconds, people = statistics.median(done.last_after), len(world.people)
    if people == FULL.large_room:
        return {"deliver_large": Figure(values=(seconds,))}
    scaled = seconds * FULL.large_room / people
    return {"deliver_large": Figure(values=(scaled,), note=f"scaled, {people:,}: {seconds:.2g} s")}


ROW = Row(
    name="deliver_large",
    subjects=EVERYONE,
    measure=_measure,
    lines=(
        Line(
            key="deliver_large",
            work="the same room of 5,000: last of them has it after",
            unit="s",
            must=(0.6,),
            aim=(0.3,),
        ),
    ),
)
