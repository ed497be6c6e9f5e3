"""A service's device: a message in and its answer out, both encryptions real, and the memory of many chats."""

from bench.figures import Figure, Line
from bench.gateway.measuring import measure
from bench.lab import Lab
from bench.rows.row import Row

CHATS = 500
EACH = 8
_TABLE = 10_000


async def _measure(lab: Lab) -> dict[str, Figure]:
    chats = max(20, round(CHATS * lab.scale.people / _TABLE))
    with lab.empty_folder() as folder:
        folder.mkdir()
        came = await measure(folder, chats=chats, each=EACH, cores=lab.cores.server)
    memory = came.empty_bytes + (came.full_bytes - came.empty_bytes) * _TABLE / chats
    note = f"{chats:,} chats"
    return {
        "gateway_message": Figure(values=(came.live.cpu_ms,), note=note),
        "gateway_rate": Figure(values=(came.live.per_s,), note=f"{note}; server, service and citizen on these cores"),
        "gateway_memory": Figure(values=(memory / 1e6,), note=f"scaled, {note}: {came.full_bytes / 1e6:.0f} MB"),
    }


ROW = Row(
    name="gateway",
    subjects=frozenset({"amanat"}),  # The others have no such thing.
    measure=_measure,
    lines=(
        Line(
            key="gateway_message",
            work="gateway: a message in and its answer out, processor time of the service",
            unit="ms",
            must=(1.5,),
            aim=(1,),
        ),
        Line(
            key="gateway_rate",
            work="gateway: messages answered while all of it runs on one machine",
            unit="/s",
            must=(500,),
            aim=(700,),
            more_is_better=True,
        ),
        Line(key="gateway_memory", work="gateway: memory of 10,000 chats", unit="MB", must=(400,), aim=(200,)),
    ),
)
