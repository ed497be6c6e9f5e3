"""Runs a gated lab, a service that answers each text, and a citizen with many chats who writes to it."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from amanat.gateway.device import credentials
from bench.gateway.citizen import Citizen, open_citizen, register
from bench.process import ServerProcess, cpu_seconds, free_port, memory_bytes


class Figure(Struct, frozen=True):
    """What a number of messages in and out took of the service's process."""

    messages: int
    cpu_s: float
    wall_s: float

    @property
    def cpu_ms(self) -> float:
        """Processor time of the service's process for one message and its answer."""
        return self.cpu_s / self.messages * 1000

    @property
    def per_s(self) -> float:
        """Messages that were answered in a second, by everybody together on this machine."""
        return self.messages / self.wall_s


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


class Measured(Struct, frozen=True, kw_only=True):
    """What came of it: the first message of each chat, those of a running service, those that waited for it."""

    first: Figure
    live: Figure
    away: Figure
    empty_bytes: int
    full_bytes: int


async def measure(folder: Path, *, chats: int, each: int, cores: Collection[int] | None = None) -> Measured:
    """Run everybody. `cores` are the server's; by default all that this process has."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "amanat", "lab", "--gate", "--listen", f"127.0.0.1:{port}"]
    command += ["--data", str(folder / "lab")]
    async with ServerProcess(command, port=port, log=folder / "lab.log", cores=cores or os.sched_getaffinity(0)):
        office = await register(url, "office")
        credentials.write(office, folder / "office.json")
        service = Service(folder / "office")
        service.start()
        empty = memory_bytes(service.process.pid)
        citizen = await open_citizen(url, folder / "citizen")
        running = asyncio.ensure_future(citizen.device.run())
        await citizen.device.synced.wait()
        rooms = await citizen.open_chats([office.user_id] * chats)
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
        await citizen.close()
    return Measured(first=first, live=live, away=away, empty_bytes=empty, full_bytes=full)


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
