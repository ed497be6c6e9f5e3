"""Joins: people who come into one open, encrypted room, 16 at a time."""

from bench import matrix
from bench.figures import Figure, Line
from bench.lab import Lab
from bench.rows.row import HOMESERVERS, Row, of
from bench.subjects.subject import FULL
from bench.wire import ask, ask_all


async def _measure(lab: Lab) -> dict[str, Figure]:
    world = await lab.world("people")
    creator, *others = world.people[: lab.scale.joins + 1]
    with lab.copy_of(world) as data:
        async with lab.server(data) as server:
            room = (await ask(server.address, matrix.create_open_room(creator))).json()["room_id"]
            await server.quiet()
            before = sum(server.cpu())
            await ask_all(server.address, [matrix.join(person, room) for person in others])
            await server.quiet()  # Synapse goes on working after the answer.
            cpu = sum(server.cpu()) - before
    note = of(len(others), FULL.joins, what="joins")
    return {"join": Figure(values=(cpu / len(others) * 1e6,), note=note)}


ROW = Row(
    name="join",
    subjects=HOMESERVERS,
    measure=_measure,
    lines=(Line(key="join", work="join", unit="µs", must=(600,), aim=(300,)),),
)
