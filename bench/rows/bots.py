"""Bots of other APIs: a message in and its answer out by webhook, how many in a second, and 1,000 bots that wait."""

from bench.bots import idle, messages
from bench.bots.messages import Cores, Size
from bench.figures import Figure, Line
from bench.lab import Lab
from bench.rows.row import Row, of

BOTS = 10
IDLE = 1_000
_TABLE = 10_000


async def _measure(lab: Lab) -> dict[str, Figure]:
    share = lab.scale.people / _TABLE
    bots, waiting = max(2, round(BOTS * share)), max(20, round(IDLE * share))
    cores = Cores(lab.cores.server, lab.cores.load)
    with lab.empty_folder() as folder:
        folder.mkdir()
        came = await messages.measure(folder, size=Size(bots=bots), cores=cores)
    with lab.empty_folder() as folder:
        folder.mkdir()
        idled = await idle.measure(folder, bots=waiting, cores=cores)
    note, few = f"{came.messages:,} messages", of(waiting, IDLE, what="bots")
    return {
        "bots_message": Figure(values=tuple(came.cpu_ms[kind] for kind in messages.KINDS), note=note),
        "bots_turn": Figure(values=tuple(came.turn_cpu_ms[kind] for kind in messages.KINDS), note=note),
        "bots_rate": Figure(values=(came.backlog_per_s,), note=f"{came.backlog_cpu_ms:.2f} ms each"),
        "bots_order": Figure(values=(came.misplaced,), note=note),
        "bots_memory": Figure(values=(idled.memory / 1e6,), note=few),
        "bots_idle": Figure(values=(idled.cpu_share * 1e3,), note=few),
        "bots_start": Figure(values=(idled.start_s,), note=few),
    }


ROW = Row(
    name="bots",
    subjects=frozenset({"amanat"}),  # The others have no such thing.
    measure=_measure,
    lines=(
        Line(
            key="bots_message",
            work="bots: a message in, its delivery and its answer out, processor time of the gateway: Telegram's API, "
            "the same answered in the webhook, Cloud API",
            unit="ms",
            must=(1.5, 1.5, 1.5),
            aim=(1, 1, 1),
        ),
        Line(
            key="bots_turn",
            work="bots: the same three, where everybody waits for the answer before they say the next",
            unit="ms",
            aim=(1.5, 1.5, 1.5),
        ),
        Line(
            key="bots_rate",
            work="bots: messages of all three answered out of a backlog, the gateway on a core of its own",
            unit="/s",
            must=(500,),
            aim=(700,),
            more_is_better=True,
        ),
        Line(key="bots_order", work="bots: of all that, out of their chat's order", unit="", must=(0,), aim=(0,)),
        Line(key="bots_memory", work="bots: memory of a gateway with 1,000 idle", unit="MB", must=(300,), aim=(200,)),
        Line(key="bots_idle", work="bots: processor time of such a gateway for each second", unit="ms"),
        Line(key="bots_start", work="bots: its start, until all have synced", unit="s"),
    ),
)
