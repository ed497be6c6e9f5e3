"""What sends wait for while somebody claims a key of every device of a large room: bulk work must not hold them up."""

import asyncio

from bench import load, matrix
from bench.figures import Figure, Line, percentile
from bench.lab import Lab
from bench.process import Server
from bench.rows.row import HOMESERVERS, Row, of
from bench.subjects.subject import FULL
from bench.wire import ask
from bench.worlds import ONE_TIME_KEYS

_ALONE_SECONDS = 5.0


async def _claims(server: Server, claim: bytes) -> None:
    """Claim one key of each device, again and again until all one-time keys are gone."""
    for _ in range(ONE_TIME_KEYS):
        await ask(server.address, claim)


async def _measure(lab: Lab) -> dict[str, Figure]:
    world = await lab.world("community")
    with lab.copy_of(world) as data:
        async with lab.server(data) as server:
            senders = await load.conversations(server.address)
            alone = await load.send_for(server, senders, seconds=_ALONE_SECONDS)
            claim = matrix.claim(world.people[0], world.people)
            claims = asyncio.create_task(_claims(server, claim))
            during = await load.send(server, senders, go_on=lambda: not claims.done())
            await claims
    before = percentile(alone.latencies, 0.99)
    after = percentile(during.latencies, 0.99)
    sync, note = lab.sync_seconds(), of(len(world.people), FULL.large_room, what="devices")
    milliseconds = tuple((seconds - sync) * 1e3 for seconds in (before, after))
    return {
        "send_while_claiming": Figure(values=(after / before,), note=note),
        "send_while_claiming_ms": Figure(values=milliseconds, note=note),
    }


ROW = Row(
    name="send_while_claiming",
    subjects=HOMESERVERS,
    measure=_measure,
    lines=(
        Line(
            key="send_while_claiming",
            work="send p99 while a 5,000-device claim runs, over send p99 alone",
            unit="",
            must=(3,),
            aim=(1.5,),
        ),
        Line(key="send_while_claiming_ms", work="… the two, less one fsync: alone / while claiming", unit="ms"),
    ),
)
