"""The first sync of an account that is in many rooms, each on a server that was just started."""

import statistics

from bench import matrix
from bench.figures import Figure, Line
from bench.lab import Lab
from bench.rows.row import HOMESERVERS, Row, of
from bench.subjects.subject import FULL
from bench.wire import LoadError, ask

_STARTS = 3


async def _measure(lab: Lab) -> dict[str, Figure]:
    world = await lab.world("town")
    reader, took = world.people[0], []
    with lab.copy_of(world) as data:
        for _ in range(_STARTS):
            async with lab.server(data) as server:
                stored = await ask(server.address, matrix.upload_filter(reader))
                await server.quiet()
                answer = await ask(server.address, matrix.sync(reader, filter_id=stored.json()["filter_id"]))
                took.append(answer.seconds)
                found = len(answer.json()["rooms"]["join"])
                if found != len(world.rooms):
                    raise LoadError(f"{len(world.rooms)} rooms were joined and {found} came.")
    note = of(len(world.rooms), FULL.rooms, what="rooms")
    return {"initial_sync": Figure(values=(statistics.median(took) * 1e3,), note=note)}


ROW = Row(
    name="initial_sync",
    subjects=HOMESERVERS,
    measure=_measure,
    lines=(
        Line(
            key="initial_sync",
            work="first initial sync of an account with 1,000 rooms",
            unit="ms",
            must=(150,),
            aim=(60,),
        ),
    ),
)
