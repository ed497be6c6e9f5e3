"""The machine that figures were taken on: its shape, which core does what, and what a synced write costs on it."""

import os
import platform
import resource
import statistics
from pathlib import Path
from time import perf_counter

from msgspec import Struct

_SYNC_ROUNDS = 300
_PAGE = b"\0" * 4096


class Cores(Struct, frozen=True, kw_only=True):
    """Which cores serve, which load, and which do both while nothing is measured."""

    server: frozenset[int]
    load: frozenset[int]
    all: frozenset[int]

    @property
    def separate(self) -> bool:
        """Whether server and load disturb each other."""
        return self.server != self.load


def share_cores() -> Cores:
    """One core for the server, one for the load; a machine with a single core shares it."""
    mine = sorted(os.sched_getaffinity(0))
    server, load = mine[0], mine[1 if len(mine) > 1 else 0]
    return Cores(server=frozenset({server}), load=frozenset({load}), all=frozenset(mine))


def shape() -> str:
    """Say in a line what this machine is."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    gigabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} × {model}, {gigabytes:.0f} GB, {system}"


def sync_seconds(folder: Path) -> float:
    """Median time of a 4 kB append and fdatasync in the folder: the floor under every durable answer."""
    path = folder / "sync-probe"
    took = []
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    try:
        for _ in range(_SYNC_ROUNDS):
            start = perf_counter()
            os.write(descriptor, _PAGE)
            os.fdatasync(descriptor)
            took.append(perf_counter() - start)
    finally:
        os.close(descriptor)
        path.unlink()
    return statistics.median(took)


def raise_descriptor_limit() -> None:
    """Allow as many connections as the system lets us: thousands of parked sessions need one descriptor each."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
