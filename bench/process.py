"""A server under measurement: its process tree, its processor time and memory by /proc, its start and stop."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from bench.wire import Address, LoadError, ask, request

_TICKS = os.sysconf("SC_CLK_TCK")
_READY_SECONDS = 90.0
_STOP_SECONDS = 60.0  # Synapse takes its time.
_QUIET_SECONDS = 0.25
_QUIET_LIMIT_SECONDS = 60.0


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tree(pid: int) -> list[int]:
    """List the process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit() and (fields := _stat(int(entry))):
            children.setdefault(int(fields[1]), []).append(int(entry))
    found, waiting = [], [pid]
    while waiting:
        current = waiting.pop()
        found.append(current)
        waiting += children.get(current, [])
    return found


def _stat(pid: int) -> list[str]:
    """Read /proc/PID/stat from its third field (the state) on; empty when the process is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return text.rpartition(")")[2].split()  # The name may hold spaces and brackets.


def cpu_seconds(pid: int) -> float:
    """User and system time of the whole tree, that of children who have ended included."""
    ticks = 0
    for member in tree(pid):
        if fields := _stat(member):
            ticks += sum(int(field) for field in fields[11:15])  # utime, stime, cutime, cstime
    return ticks / _TICKS


def memory_bytes(pid: int) -> int:
    """Proportional set size of the whole tree: what it would give back if it ended."""
    kilobytes = 0
    for member in tree(pid):
        try:
            rollup = Path(f"/proc/{member}/smaps_rollup").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if found := re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE):
            kilobytes += int(found[1])
    return kilobytes * 1024


def pin(pid: int, cores: Collection[int]) -> None:
    """Keep every thread of the process on these cores; threads and children made later inherit that."""
    for thread in os.listdir(f"/proc/{pid}/task"):
        os.sched_setaffinity(int(thread), cores)


class Server:
    """A homeserver as a child process; `companions` are other processes that work for it (its database)."""

    def __init__(self, *, pid: int, address: Address, companions: Sequence[int] = ()) -> None:
        self.address = address
        self._pids = [pid, *companions]

    def cpu(self) -> list[float]:
        """Processor seconds so far: the server's, then each companion's."""
        return [cpu_seconds(pid) for pid in self._pids]

    def memory(self) -> int:
        """Bytes of memory of the server and its companions."""
        return sum(memory_bytes(pid) for pid in self._pids)

    async def quiet(self) -> None:
        """Wait until the server has nothing left to do, so that one measurement does not pay for another."""
        deadline = time.monotonic() + _QUIET_LIMIT_SECONDS
        before = sum(self.cpu())
        while time.monotonic() < deadline:
            await asyncio.sleep(_QUIET_SECONDS)
            now = sum(self.cpu())
            if now - before <= 0.02:  # Two ticks: timers that every server has.
                return
            before = now


class ServerProcess:
    """Starts a command, waits until it answers, and stops it with SIGTERM, as a context manager."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        port: int,
        log: Path,
        cores: Collection[int],
        companions: Sequence[int] = (),
    ) -> None:
        self._command = list(command)
        self._address = ("127.0.0.1", port)
        self._log = log
        self._cores = cores
        self._companions = companions
        self._process: subprocess.Popen[bytes] | None = None

    async def __aenter__(self) -> Server:
        process = self._process = self._start()
        await self._answers(process)
        return Server(pid=process.pid, address=self._address, companions=self._companions)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            await asyncio.to_thread(process.wait, _STOP_SECONDS)
        except subprocess.TimeoutExpired:
            print(f"{self._command} ignored SIGTERM for {_STOP_SECONDS:.0f} s and was killed", file=sys.stderr)
            process.kill()
            process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        # The child inherits the cores that this thread is limited to, so it is pinned from its first instruction.
        with self._log.open("ab") as log, limited_to(self._cores):
            return subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)

    async def _answers(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while True:
            try:
                await ask(self._address, request("GET", "/_matrix/client/versions"))
                return
            except (OSError, LoadError) as failure:
                if process.poll() is not None or time.monotonic() > deadline:
                    await self.__aexit__(None, None, None)
                    log = self._end_of_log()
                    raise LoadError(f"{self._command} did not start; the end of its log:\n{log}") from failure
            await asyncio.sleep(0.05)

    def _end_of_log(self) -> str:
        return self._log.read_bytes()[-3000:].decode(errors="replace")


@contextmanager
def limited_to(cores: Collection[int]) -> Iterator[None]:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
