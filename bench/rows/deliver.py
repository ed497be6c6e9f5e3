"""What it costs to deliver one event to one parked sync, its next poll included, in a room where everybody listens."""

from bench.deliveries import deliveries
from bench.figures import Figure, Line
from bench.lab import Lab
from bench.rows.row import EVERYONE, Row, of
from bench.subjects.subject import FULL

_ROUNDS = 15


async def _measure(lab: Lab) -> dict[str, Figure]:
    world = await lab.world("community")
    people = world.people[: lab.scale.small_room]
    with lab.copy_of(world) as data:
        async with lab.server(data) as server:
            done = await deliveries(server, people, room_id=world.rooms[1], rounds=_ROUNDS)
    each = done.cpu / (_ROUNDS * len(people))
    return {"deliver": Figure(values=(each * 1e6,), note=of(len(people), FULL.small_room, what="listening"))}


ROW = Row(
    name="deliver",
    subjects=EVERYONE,
    measure=_measure,
    lines=(
        Line(
            key="deliver",
            work="deliver one event to a parked sync, room of 1,000, all listening, re-poll included",
            unit="µs",
            must=(110,),
            aim=(65,),
        ),
    ),
)
