"""What a parked session holds in memory: a cold server, then the same with everybody's sync parked."""

from bench import listeners
from bench.figures import Figure, Line
from bench.lab import Lab
from bench.rows.row import EVERYONE, Row, of
from bench.subjects.subject import FULL


async def _measure(lab: Lab) -> dict[str, Figure]:
    world = await lab.world("community")
    with lab.copy_of(world) as data:
        async with lab.server(data) as server:
            sessions = await listeners.first_syncs(server.address, world.people)
        async with lab.server(data) as server:  # A cold start: what first syncs left behind is not a session's.
            await server.quiet()
            before = server.memory()
            async with listeners.audience(server.address, sessions):
                await server.quiet()
                after = server.memory()
    each = (after - before) / len(sessions)
    return {"parked_memory": Figure(values=(each / 1e3,), note=of(len(sessions), FULL.large_room, what="sessions"))}


ROW = Row(
    name="parked_memory",
    subjects=EVERYONE,
    measure=_measure,
    lines=(Line(key="parked_memory", work="memory per parked session", unit="kB", must=(25,), aim=(16,)),),
)
