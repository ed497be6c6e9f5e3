"""The same sends on PostgreSQL, which runs on the server's core and whose processor time is counted."""

from bench import load
from bench.figures import Figure, Line
from bench.lab import Lab
from bench.postgres import cluster
from bench.rows.row import EVERYONE, Row

_SECONDS = 8.0


async def _measure(lab: Lab) -> dict[str, Figure]:
    with lab.empty_folder() as data, cluster(lab.cores.server) as postgres:
        async with lab.server(data, cluster=postgres) as server:
            senders = await load.conversations(server.address)
            sent = await load.send_for(server, senders, seconds=_SECONDS)
    ours, theirs = (seconds / sent.count * 1e6 for seconds in sent.cpu)
    return {"send_postgres_rate": Figure(values=(sent.per_second,), note=f"{ours:,.0f} + {theirs:,.0f} µs")}


ROW = Row(
    name="send_postgres",
    subjects=EVERYONE,
    measure=_measure,
    lines=(
        Line(
            key="send_postgres_rate",
            work="the same on PostgreSQL, per second (processor time of the server + of PostgreSQL)",
            unit="/s",
            must=(4000,),
            aim=(8000,),
            more_is_better=True,
        ),
    ),
)
