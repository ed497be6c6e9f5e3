"""An amanat command as a process beside the tests: wait for its URL, stop it, kill it, start it on the same data."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests import policy

_READY_SECONDS = 180.0  # Generous: a start takes a second; on two cores with a load of 14, one took more than 60.
_STOP_SECONDS = 30.0
_URL = re.compile(r"https?://[^\s/]+:\d+")


def _environment() -> dict[str, str]:
    """Ours, but for settings of Amanat: a test's server is as the test says."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("AMANAT_")}
    return ours | {"PYTHONUNBUFFERED": "1"}


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class AmanatProcess:
    """One `amanat` command line that can be started again and again; what it prints is kept in `log`."""

    def __init__(self, *arguments: str, log: Path) -> None:
        self.log = log
        self._command = [sys.executable, "-m", "amanat", *arguments]
        self._process: subprocess.Popen[bytes] | None = None
        self._url = ""

    @property
    def url(self) -> str:
        """The URL the command printed when it was ready."""
        assert self._url, "the process has not been started"
        return self._url

    @property
    def pid(self) -> int:
        """The process id, for what a test reads in /proc."""
        assert self._process is not None, "the process is not running"
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it has not left by itself."""
        return self._process is not None and self._process.poll() is None

    def last_lines(self, count: int) -> str:
        """What it printed last, whichever of its lives it was."""
        return "\n".join(self._printed().splitlines()[-count:])

    def start(self) -> str:
        """Start the command and return its URL once it has printed it."""
        assert self._process is None, "the process is running already"
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            printed_before = log.tell()
            # One file for both streams: a pipe that nobody reads would stop a chatty server.
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=_environment(),
            )
        self._url = self._await_url(printed_before)
        return self._url

    def stop(self) -> int:
        """Ask the process to leave with SIGTERM and return its exit code."""
        process = self._release()
        process.terminate()
        try:
            return process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"{self._command} ignored SIGTERM:\n{self._printed()}") from None

    def kill(self) -> None:
        """Kill the process with SIGKILL: it gets no chance to write anything more."""
        process = self._release()
        process.kill()
        process.wait()

    def restart(self) -> str:
        """Start the command again with the same arguments: the same data, the same port."""
        if self._process is not None:
            self.stop()
        return self.start()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._process is not None:
            self.stop()

    def _release(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "the process is not running"
        process, self._process = self._process, None
        return process

    def _await_url(self, printed_before: int) -> str:
        process = self._process
        assert process is not None
        deadline = time.monotonic() + _READY_SECONDS
        while time.monotonic() < deadline:
            if found := _URL.search(self._printed(printed_before)):
                return found[0]
            if process.poll() is not None:
                self._process = None
                raise AssertionError(
                    f"{self._command} left with {process.returncode}:\n{self._printed(printed_before)}"
                )
            time.sleep(0.02)
        self.kill()
        raise AssertionError(f"{self._command} printed no URL:\n{self._printed(printed_before)}")

    def _printed(self, offset: int = 0) -> str:
        return self.log.read_bytes()[offset:].decode(errors="replace")


class BesideProcess(AmanatProcess):
    """A module of the tests that runs beside them as a command does: it prints its URL once it is ready."""

    def __init__(self, module: str, *arguments: str, log: Path) -> None:
        super().__init__(log=log)
        self._command = [sys.executable, "-m", module, *arguments]


def lab(folder: Path, *options: str, port: int | None = None) -> AmanatProcess:
    """Return an `amanat lab` on a free port that keeps its data in `folder`/data and its output in `folder`/lab.log."""
    listen = f"127.0.0.1:{port or free_port()}"
    options = (*options, *policy.options(folder))
    return AmanatProcess("lab", "--listen", listen, "--data", str(folder / "data"), *options, log=folder / "lab.log")
