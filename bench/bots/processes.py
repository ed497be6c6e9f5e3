"""The processes beside the homeserver: `amanat gateway` as anybody runs it, and the programs of its bots."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from types import TracebackType

from bench.process import cpu_seconds, limited_to, memory_bytes
from bench.wire import LoadError

_STOP_S = 120.0
_LOOK_S = 0.1
_QUIET_LOOKS = 10


class Spoken:
    """A process that says a line once it is ready; a context manager."""

    def __init__(self, command: Sequence[str], *, log: Path, cores: Collection[int]) -> None:
        self._command = [sys.executable, "-m", *command]
        self._log = log
        self._cores = cores
        self._process: subprocess.Popen[bytes]
        self.ready_s = 0.0
        """How long it took until it was ready."""

    async def __aenter__(self) -> "Spoken":
        began = time.perf_counter()
        process = self._process = self._start()
        assert process.stdout is not None
        if not await asyncio.to_thread(process.stdout.readline):
            raise LoadError(f"{self._command} did not start; the end of its log:\n{self._log.read_text()[-3000:]}")
        self.ready_s = time.perf_counter() - began
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.terminate()
        try:
            await asyncio.to_thread(self._process.wait, _STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log, limited_to(self._cores):
            return subprocess.Popen(self._command, stdout=subprocess.PIPE, stderr=log)

    def cpu(self) -> float:
        """Processor seconds so far."""
        return cpu_seconds(self._process.pid)

    def memory(self) -> int:
        """Bytes of memory."""
        return memory_bytes(self._process.pid)

    async def quiet(self, *, a_second: float) -> float:
        """Wait until it has taken less than so much of each of some moments, and return when the first of them was."""
        since, before = time.perf_counter(), self.cpu()
        while time.perf_counter() - since < _QUIET_LOOKS * _LOOK_S:
            await asyncio.sleep(_LOOK_S)
            if (now := self.cpu()) - before > max(0.02, a_second * _LOOK_S):
                since = time.perf_counter()
            before = now
        return since


def gateway(data: Path, *, port: int, cores: Collection[int]) -> Spoken:
    """Return a gateway that serves the bot APIs on a port, and may deliver to this machine."""
    command = ["amanat", "gateway", "--data", str(data), "--bots", f"127.0.0.1:{port}"]
    return Spoken([*command, "--allow-private", "127.0.0.0/8"], log=data.with_suffix(".log"), cores=cores)


def receiver(plan: Path, *, port: int, cores: Collection[int]) -> Spoken:
    """Return the programs of a plan's bots, whose webhooks are on a port."""
    return Spoken(["bench.bots.receiver", str(port), str(plan)], log=plan.with_suffix(".log"), cores=cores)
