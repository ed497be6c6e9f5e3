"""`python -m bench.gateway`: measure a service's device against a gated lab, and print what came of it.

A citizen with many chats writes to a service that answers each text; both encryptions are real on both sides. First
while the service runs, then all that was said while it was away.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from amanat.cli.loop import run
from amanat.gateway.device import credentials
from bench import machine
from bench.gateway.citizen import Citizen, open_citizen, register
from bench.process import ServerProcess, cpu_seconds, free_port, memory_bytes


class Figure(Struct, frozen=True):
    """What a number of messages in and out took of the service's process."""

    messages: int
    cpu_s: float
    wall_s: float

    def line(self, what: str) -> str:
        """Return it as a line of the table."""
        per_message = self.cpu_s / self.messages * 1000
        return f"| {what} | {self.messages:,} | {per_message:.2f} ms | {self.messages / self.wall_s:,.0f}/s |"


class Service:
    """The service's process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.process: subprocess.Popen[str]

    def start(self) -> None:
        """Start it and wait until it is ready."""
        command = [sys.executable, "-m", "bench.gateway.service", str(self._folder)]
        with self._folder.with_suffix(".log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        assert self.process.stdout is not None
        while self.process.stdout.readline().strip() != "ready":
            assert self.process.poll() is None

    def stop(self) -> None:
        """Stop it."""
        self.process.terminate()
        self.process.communicate()


async def measure(folder: Path, *, chats: int, each: int) -> None:
    """Run everybody, and print the table."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "amanat", "lab", "--gate", "--listen", f"127.0.0.1:{port}"]
    command += ["--data", str(folder / "lab")]
    async with ServerProcess(command, port=port, log=folder / "lab.log", cores=os.sched_getaffinity(0)):
        office = await register(url, "office")
        credentials.write(office, folder / "office.json")
        service = Service(folder / "office")
        service.start()
        empty = memory_bytes(service.process.pid)
        citizen = await open_citizen(url, folder / "citizen", office=office.user_id)
        running = asyncio.ensure_future(citizen.device.run())
        await citizen.device.synced.wait()
        rooms = await citizen.open_chats(chats)
        first = await converse(citizen, service, rooms=rooms, each=1, name="first")
        full = memory_bytes(service.process.pid)
        live = await converse(citizen, service, rooms=rooms, each=each, name="live")
        service.stop()
        sent = citizen.sent
        await citizen.say(rooms, each=each, name="away")
        await citizen.until("sent", sent + chats * each)
        service.start()
        away = await answers(citizen, service, number=chats * each)
        service.stop()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
    print("| messages in and out | number | CPU each | answered |\n|---|---|---|---|")
    print(first.line("the first of each chat, with its keys"))
    print(live.line("while the service runs"))
    print(away.line("said while it was away"))
    print(f"\nMemory: {empty / 1e6:.0f} MB at the start, {full / 1e6:.0f} MB with {chats:,} chats.")


async def converse(citizen: Citizen, service: Service, *, rooms: Sequence[str], each: int, name: str) -> Figure:
    """Say things in each room while the service runs, and measure until all are answered."""
    heard = citizen.answers
    started, cpu = time.perf_counter(), cpu_seconds(service.process.pid)
    await citizen.say(rooms, each=each, name=name)
    await citizen.until("answers", heard + len(rooms) * each)
    return Figure(len(rooms) * each, cpu_seconds(service.process.pid) - cpu, time.perf_counter() - started)


async def answers(citizen: Citizen, service: Service, *, number: int) -> Figure:
    """Measure until so many more answers have come."""
    heard = citizen.answers
    started, cpu = time.perf_counter(), cpu_seconds(service.process.pid)
    await citizen.until("answers", heard + number)
    return Figure(number, cpu_seconds(service.process.pid) - cpu, time.perf_counter() - started)


def main(argv: Sequence[str]) -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.gateway", description="Measure a service's device.")
    parser.add_argument("--chats", type=int, default=200, help="chats (default: %(default)s)")
    parser.add_argument("--messages", type=int, default=10, help="messages in each chat (default: %(default)s)")
    options = parser.parse_args(argv)
    print(f"{datetime.now(UTC).date()}, {machine.shape()}; load average {os.getloadavg()[0]:.1f} before.\n")
    with tempfile.TemporaryDirectory(prefix="bench-gateway-") as folder:
        run(measure(Path(folder), chats=options.chats, each=options.messages))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
