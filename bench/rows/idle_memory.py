"""The memory of a server that was just started on a town's data and has nothing to do."""

from bench.figures import Figure, Line
from bench.lab import Lab
from bench.rows.row import HOMESERVERS, Row, of
from bench.subjects.subject import FULL


async def _measure(lab: Lab) -> dict[str, Figure]:
    world = await lab.world("town")
    with lab.copy_of(world) as data:
        async with lab.server(data) as server:
            await server.quiet()
            memory = server.memory()
    smaller = [of(len(world.rooms), FULL.rooms, what="rooms"), of(len(world.people), FULL.people, what="people")]
    return {"idle_memory": Figure(values=(memory / 1e6,), note=", ".join(filter(None, smaller)))}


ROW = Row(
    name="idle_memory",
    subjects=HOMESERVERS,
    measure=_measure,
    lines=(
        Line(
            key="idle_memory",
            work="memory of an idle server with 1,000 rooms, 10,000 people on disk",
            unit="MB",
            must=(90,),
            aim=(60,),
        ),
    ),
)
