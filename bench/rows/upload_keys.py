"""A new device's first upload: its device keys and 50 one-time keys, truly signed."""

from bench import matrix
from bench.figures import Figure, Line
from bench.keys import key_upload
from bench.lab import Lab
from bench.rows.row import HOMESERVERS, Row, of
from bench.subjects.subject import FULL
from bench.wire import ask_all

_ONE_TIME_KEYS = 50


async def _measure(lab: Lab) -> dict[str, Figure]:
    world = await lab.world("people")
    people = world.people[: lab.scale.uploads]
    # Made before the clock runs: 51 signatures each would cost more than the server's work.
    requests = [matrix.upload_keys(person, key_upload(person, one_time_keys=_ONE_TIME_KEYS)) for person in people]
    with lab.copy_of(world) as data:
        async with lab.server(data) as server:
            await server.quiet()
            before = sum(server.cpu())
            await ask_all(server.address, requests)
            await server.quiet()
            cpu = sum(server.cpu()) - before
    note = of(len(people), FULL.uploads, what="uploads")
    return {"upload_keys": Figure(values=(cpu / len(people) * 1e6,), note=note)}


ROW = Row(
    name="upload_keys",
    subjects=HOMESERVERS,
    measure=_measure,
    lines=(Line(key="upload_keys", work="upload device keys + 50 one-time keys", unit="µs", must=(800,), aim=(400,)),),
)
