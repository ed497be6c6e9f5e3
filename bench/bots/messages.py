"""People write to bots in encrypted chats, their programs answer by webhook: what a message costs, and in which order.

Counted is the processor time of `amanat gateway` alone for a message and its answer: decrypting, keeping and queueing
it, the delivery to the webhook, the program's call (or what it answered the delivery with), encrypting and sending.
With the Cloud API a second delivery belongs to each answer: that it was sent.
"""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import get_args

from msgspec import Struct, json

from amanat.outbound.origin import Origin
from bench.bots import processes
from bench.bots.making import Bot, make
from bench.bots.processes import Spoken
from bench.bots.receiver import Figures, Kind, Plan
from bench.gateway.citizen import Citizen, open_citizen
from bench.process import ServerProcess, free_port

KINDS: tuple[Kind, ...] = get_args(Kind)
_QUIET = 0.05


class Size(Struct, frozen=True, kw_only=True):
    """How many bots of each kind, how many people who each have a chat with each bot, and what they say in each: at
    once, in turns with the bot, and while the gateway is away."""

    bots: int = 10
    people: int = 6
    each: int = 10
    turns: int = 15
    away: int = 15


class Cores(Struct, frozen=True):
    """Where the gateway runs, and where everybody else."""

    gateway: Collection[int]
    others: Collection[int]


class Came(Struct, frozen=True, kw_only=True):
    """What came of it: processor time for each message in and out by kind, and what the gateway did with a backlog."""

    cpu_ms: dict[Kind, float]
    turn_cpu_ms: dict[Kind, float]
    backlog_cpu_ms: float
    backlog_per_s: float
    messages: int
    misplaced: int
    refused: int


class Crowd:
    """People, who each have a chat with each bot."""

    def __init__(self, citizens: Sequence[Citizen]) -> None:
        self._citizens = citizens
        self._rooms: dict[Kind, dict[Citizen, list[str]]] = {}
        self.said = 0
        """How many messages they have said in all."""

    async def meet(self, kind: Kind, bots: Sequence[Bot]) -> None:
        """Open a chat with each of some bots, everybody."""
        others = [bot.user_id for bot in bots]
        self._rooms[kind] = {each: await each.open_chats(others) for each in self._citizens}

    async def say(self, kind: Kind, *, each: int, name: str) -> int:
        """Say something in every chat with bots of a kind; return how many messages that are."""
        rooms = self._rooms[kind]
        await asyncio.gather(*(one.say(rooms[one], each=each, name=f"{name}-{kind}") for one in rooms))
        count = each * sum(map(len, rooms.values()))
        self.said += count
        return count

    async def talk(self, kind: Kind, *, turns: int, each: int, name: str) -> int:
        """Say something in every chat with bots of a kind and hear the answers, in turns; return how many messages."""
        count = 0
        for turn in range(turns):
            count += await self.say(kind, each=each, name=f"{name}{turn}")
            await self.hear(self.said)
        return count

    async def hear(self, answers: int) -> None:
        """Wait until there are so many answers in all."""
        share = answers // len(self._citizens)
        await asyncio.gather(*(each.until("answers", share) for each in self._citizens))

    async def send(self, messages: int) -> None:
        """Wait until so many messages are with the server in all."""
        share = messages // len(self._citizens)
        await asyncio.gather(*(each.until("sent", share) for each in self._citizens))

    @property
    def misplaced(self) -> int:
        """How many answers did not stand behind the one before."""
        return sum(each.misplaced for each in self._citizens)

    @asynccontextmanager
    async def awake(self) -> AsyncIterator[None]:
        """Let everybody's devices run."""
        running = [asyncio.ensure_future(each.device.run()) for each in self._citizens]
        try:
            yield
        finally:
            for each in running:
                each.cancel()
            for each in running:
                with suppress(asyncio.CancelledError):
                    await each


class _Town(Struct, frozen=True, kw_only=True):
    """Everything that runs, and what it is about."""

    crowd: Crowd
    gateway_data: Path
    gateway_port: int
    cores: Cores
    receiver_port: int

    def gateway(self) -> Spoken:
        """Return the gateway, to be started."""
        return processes.gateway(self.gateway_data, port=self.gateway_port, cores=self.cores.gateway)

    async def figures(self) -> Figures:
        """Ask the bots' programs what came."""
        origin = Origin(f"http://127.0.0.1:{self.receiver_port}")
        answer = await origin.ask("GET", "/figures", headers={}, deadline_s=10)
        origin.close()
        return json.decode(answer.body, type=Figures)


async def measure(folder: Path, *, size: Size, cores: Cores) -> Came:
    """Make everything, and measure."""
    ports = [free_port() for _ in range(3)]
    server, gateway, hooks = (f"http://127.0.0.1:{port}" for port in ports)
    command = [sys.executable, "-m", "amanat", "lab", "--gate", "--listen", f"127.0.0.1:{ports[0]}"]
    command += ["--data", str(folder / "lab")]
    async with AsyncExitStack() as stack:
        lab = ServerProcess(command, port=ports[0], log=folder / "lab.log", cores=cores.others)
        await stack.enter_async_context(lab)
        data = folder / "gateway"
        bots = {
            kind: [
                await make(kind, f"{kind.replace('_', '')}{number}", data=data, homeserver=server, url=gateway)
                for number in range(size.bots)
            ]
            for kind in KINDS
        }
        everybody = [bot for some in bots.values() for bot in some]
        plan = folder / "plan.json"
        plan.write_bytes(json.encode(Plan(gateway=gateway, programs=[bot.program for bot in everybody])))
        await stack.enter_async_context(processes.receiver(plan, port=ports[2], cores=cores.others))
        citizens = [
            await open_citizen(server, folder / f"citizen{each}", name=f"c{each}") for each in range(size.people)
        ]
        for citizen in citizens:
            stack.push_async_callback(citizen.close)
        crowd = Crowd(citizens)
        town = _Town(crowd=crowd, gateway_data=data, gateway_port=ports[1], cores=cores, receiver_port=ports[2])
        return await _measure(town, bots, hooks=hooks, size=size)


async def _measure(town: _Town, bots: dict[Kind, list[Bot]], *, hooks: str, size: Size) -> Came:
    crowd = town.crowd
    async with crowd.awake(), town.gateway() as gateway:
        await _hook(town, bots, hooks=hooks)
        for kind in KINDS:
            await crowd.meet(kind, bots[kind])
            await crowd.talk(kind, turns=1, each=1, name="first")
        cpu_ms = {kind: await _cost(gateway, crowd.talk(kind, turns=1, each=size.each, name="live")) for kind in KINDS}
        turn_cpu_ms = {
            kind: await _cost(gateway, crowd.talk(kind, turns=size.turns, each=1, name="turn")) for kind in KINDS
        }
    async with crowd.awake():
        backlog = 0
        for kind in KINDS:
            backlog += await crowd.say(kind, each=size.away, name="away")
        await crowd.send(crowd.said)
    per_s, backlog_ms = await _backlog(town, backlog)
    async with crowd.awake(), town.gateway():
        await crowd.hear(crowd.said)
    told = await town.figures()
    return Came(
        cpu_ms=cpu_ms,
        turn_cpu_ms=turn_cpu_ms,
        backlog_cpu_ms=backlog_ms,
        backlog_per_s=per_s,
        messages=told.came,
        misplaced=told.misplaced + crowd.misplaced,
        refused=told.refused,
    )


async def _cost(gateway: Spoken, talk: Awaitable[int]) -> float:
    """Return the gateway's processor time for each message of a talk, in milliseconds."""
    await gateway.quiet(a_second=_QUIET)
    before = gateway.cpu()
    count = await talk
    await gateway.quiet(a_second=_QUIET)
    return (gateway.cpu() - before) / count * 1000


async def _hook(town: _Town, bots: dict[Kind, list[Bot]], *, hooks: str) -> None:
    gateway = Origin(f"http://127.0.0.1:{town.gateway_port}")
    for place, bot in enumerate(bot for some in bots.values() for bot in some):
        await bot.hook(gateway, f"{hooks}/{place}")
    gateway.close()


async def _backlog(town: _Town, waiting: int) -> tuple[float, float]:
    """Start the gateway with messages waiting for it; return how many it answers in a second, and at which cost.

    What it delivered before it said that it is ready is not counted.
    """
    before = (await town.figures()).came
    async with town.gateway() as gateway:
        began, cpu = time.perf_counter(), gateway.cpu()
        left = waiting - ((await town.figures()).came - before)
        ended = await gateway.quiet(a_second=_QUIET)
        return left / (ended - began), (gateway.cpu() - cpu) / left * 1000


def default_cores() -> Cores:
    """Return the cores of a run by hand: the gateway's own, if there are two."""
    mine = sorted(os.sched_getaffinity(0))
    return Cores(gateway={mine[0]}, others={*mine[1:]} or {mine[0]})
