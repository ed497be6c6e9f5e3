"""What an office does with what it is told: one step of its flow, and one booking, each on its own in this process."""

import time

from amanat.cli.sample_services import EXAMPLES
from amanat.db.sqlite import SqliteDatabase
from amanat.gateway.flows.folder import read_folder
from amanat.gateway.flows.interpreter import advance, begin
from amanat.gateway.flows.session import Said
from amanat.gateway.service_files import load_service
from bench import appointments
from bench.figures import Figure, Line
from bench.lab import Lab
from bench.rows.row import Row

SAMPLE = EXAMPLES / "layanan-paspor"
TALK = ("menu", "2", "menu", "3", "paspor baru", "menu", "5", "menu", "1", "nomor saya?", "biayaa", "batal")
"""Menus by number and by words, a table, a question, what is no answer to it, and a slip."""
ROUNDS = 200
NOW_MS = 1_795_400_000_000


def step_us() -> float:
    """Return what one message takes of the interpreter."""
    flow = load_service(read_folder(SAMPLE)).flow
    session = begin(flow)
    started = time.process_time()
    for _ in range(ROUNDS):
        for text in TALK:
            session = advance(flow, session, heard=Said(text=text), now_ms=NOW_MS).session
    return (time.process_time() - started) / (ROUNDS * len(TALK)) * 1e6


async def _measure(lab: Lab) -> dict[str, Figure]:
    with lab.empty_folder() as folder:
        bookings = await appointments.measure(SqliteDatabase(folder / "gateway.db"))
    return {
        "flow_step": Figure(values=(step_us(),)),
        "booking": Figure(values=(bookings[appointments.ONE_BY_ONE].cpu_ms,)),
    }


ROW = Row(
    name="office",
    subjects=frozenset({"amanat"}),
    measure=_measure,
    lines=(
        Line(key="flow_step", work="gateway: one step of the sample office's flow", unit="µs", must=(200,), aim=(100,)),
        Line(key="booking", work="gateway: one booking, its commit included", unit="ms", must=(2,), aim=(1,)),
    ),
)
