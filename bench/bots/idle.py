"""Many bots to whom nobody writes: the memory of the gateway that holds them, and what it does all the same."""

import asyncio
import sys
from pathlib import Path

from msgspec import Struct

from bench.bots import processes
from bench.bots.making import make_idle
from bench.bots.messages import Cores
from bench.process import ServerProcess, free_port

WATCHED_S = 60.0
"""Two of a sync's polls, and one of everything that a bot does every so often but the hourly."""


class Idle(Struct, frozen=True, kw_only=True):
    """What came of it: bytes, the processor time of a second in which nothing happens, and how long a start took."""

    memory: int
    cpu_share: float
    first_start_s: float
    start_s: float


async def measure(folder: Path, *, bots: int, cores: Cores) -> Idle:
    """Make the bots, start the gateway once so that they have keys, and again to measure."""
    port, bots_port, data = free_port(), free_port(), folder / "gateway"
    command = [sys.executable, "-m", "amanat", "lab", "--gate", "--listen", f"127.0.0.1:{port}"]
    command += ["--data", str(folder / "lab")]
    async with ServerProcess(command, port=port, log=folder / "lab.log", cores=cores.others) as server:
        await make_idle(bots, data=data, homeserver=server.address)
        async with processes.gateway(data, port=bots_port, cores=cores.gateway) as gateway:
            first_start_s = gateway.ready_s
        async with processes.gateway(data, port=bots_port, cores=cores.gateway) as gateway:
            start_s = gateway.ready_s
            await asyncio.sleep(WATCHED_S / 2)
            before = gateway.cpu()
            await asyncio.sleep(WATCHED_S)
            share = (gateway.cpu() - before) / WATCHED_S
            return Idle(memory=gateway.memory(), cpu_share=share, first_start_s=first_start_s, start_s=start_s)
