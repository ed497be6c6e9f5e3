"""Durable sends: 16 senders on keep-alive connections, 8 rooms; processor time of each, and how many a second."""

from bench import load
from bench.figures import Figure, Line
from bench.lab import Lab
from bench.rows.row import EVERYONE, Row

_SECONDS = 8.0


async def _measure(lab: Lab) -> dict[str, Figure]:
    with lab.empty_folder() as data:
        async with lab.server(data) as server:
            senders = await load.conversations(server.address)
            sent = await load.send_for(server, senders, seconds=_SECONDS)
    return {
        "send_cpu": Figure(values=(sent.cpu_each * 1e6,)),
        "send_rate": Figure(values=(sent.per_second,)),
    }


ROW = Row(
    name="send",
    subjects=EVERYONE,
    measure=_measure,
    lines=(
        Line(
            key="send_cpu",
            work="durable encrypted send, 16 senders, 8 rooms",
            unit="µs",
            must=(150,),
            aim=(115,),
        ),
        Line(
            key="send_rate",
            work="the same, per second with the load on the other core",
            unit="/s",
            must=(5000,),
            aim=(7500,),
            more_is_better=True,
        ),
    ),
)
