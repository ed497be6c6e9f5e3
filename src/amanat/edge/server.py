"""Runs an application: where it listens, how it starts, and how it stops."""

import gc
import os
import resource
import socket
import stat
from asyncio import AbstractServer, Event, get_running_loop, timeout
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import SIGINT, SIGTERM
from typing import Final

from msgspec import Struct

from amanat.edge.connection import Application, Connection, ConnectionRules, Connections

_BACKLOG: Final = 2048
# Measured: at Python's default of 700 objects the collector is a quarter of the cost of a delivery.
_GC_THRESHOLD: Final = 50_000
_SWEEP_S: Final = 2.0
_FAREWELL_S: Final = 1.0
"""For the answers of those who have waited in vain to reach them."""
_LONGEST_PATH: Final = 100
"""A Unix socket's address holds 107 bytes."""


class ServerRules(Struct, frozen=True, kw_only=True):
    """How the server stops, and what its connections may take."""

    # A parked poll is told at once and answers in milliseconds; this is for uploads and downloads.
    grace_s: int = 10
    connections: ConnectionRules = ConnectionRules()


def listen(host: str, port: int) -> socket.socket:
    """Bind a TCP address; port 0 takes a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        bound.listen(_BACKLOG)
    except OSError:
        bound.close()
        raise
    return bound


@contextmanager
def short(path: Path) -> Iterator[Path]:
    """Give a path that a socket's address can hold, for as long as the block lasts."""
    if len(os.fsencode(path)) <= _LONGEST_PATH:
        yield path
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield Path(f"/proc/self/fd/{folder}") / path.name
    finally:
        os.close(folder)


def listen_unix(path: Path, *, mode: int = 0o600) -> socket.socket:
    """Bind a Unix socket that only `mode` may connect to; one that a killed server left behind is replaced."""
    with suppress(FileNotFoundError):
        if stat.S_ISSOCK(path.stat().st_mode):
            path.unlink()
    bound = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        bound.bind(str(path))
        # Nobody can connect before listen(), so there is no moment at which the mode is too wide.
        path.chmod(mode)
        bound.listen(_BACKLOG)
    except OSError:
        bound.close()
        raise
    return bound


class Server:
    """Serves an application: says when it is ready, wakes its parked polls when it stops, and cuts overdue clients."""

    def __init__(
        self,
        application: Application,
        *,
        ready: Callable[[], object] = lambda: None,
        stopping: Callable[[], object] = lambda: None,
        rules: ServerRules | None = None,
    ) -> None:
        """Call `ready` when connections are accepted, and `stopping` when the stop begins: wake the polls there."""
        self._application = application
        self._ready = [ready]
        self._stopping = stopping
        self._rules = rules or ServerRules()
        self._stop = Event()
        self.connections: Connections

    def before_ready(self, act: Callable[[], object]) -> None:
        """Call `act` once everything is loaded, just before `ready`."""
        self._ready.insert(0, act)

    def stop(self) -> None:
        """Begin to stop; a second call does not wait for anybody."""
        if self._stop.is_set():
            self.connections.quiet.set()
        self._stop.set()

    async def serve(self, sockets: Iterable[socket.socket]) -> None:
        """Answer on these sockets until `stop` is called, and until who is being answered has been."""
        loop = get_running_loop()
        self.connections = Connections(self._application, loop=loop, rules=self._rules.connections)
        listening = [
            await loop.create_server(lambda: Connection(self.connections), sock=bound, backlog=_BACKLOG)
            for bound in sockets
        ]
        for tell in self._ready:
            tell()
        while not self._stop.is_set():
            with suppress(TimeoutError):
                async with timeout(_SWEEP_S):
                    await self._stop.wait()
            self.connections.sweep()
        await self._shut(listening)

    async def _shut(self, listening: Iterable[AbstractServer]) -> None:
        """Wake the parked polls, so that they answer; wait for the rest as long as the rules say, and then end it."""
        for server in listening:
            server.close()
        self._stopping()
        self.connections.close_idle()
        await self._quiet(self._rules.grace_s)
        self.connections.cancel()
        await self._quiet(_FAREWELL_S)
        self.connections.abort()

    async def _quiet(self, patience_s: float) -> None:
        with suppress(TimeoutError):
            async with timeout(patience_s):
                await self.connections.quiet.wait()


@contextmanager
def stopped_by_signals(server: Server) -> Iterator[None]:
    """Stop on SIGTERM and SIGINT; a clean stop is the end of it, and the exit code stays 0."""
    loop = get_running_loop()
    for number in (SIGTERM, SIGINT):
        loop.add_signal_handler(number, server.stop)
    try:
        yield
    finally:
        for number in (SIGTERM, SIGINT):
            loop.remove_signal_handler(number)


def raise_descriptor_limit() -> int:
    """Allow as many open files, and so connections, as the system lets this process have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def tune_collector() -> None:
    """Keep what the start has made out of the collector's way, and let it run seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GC_THRESHOLD, 20, 100)


async def serve(server: Server, sockets: Iterable[socket.socket]) -> None:
    """Serve until the server is told to stop, as what this process is for. Run it under uvloop."""
    raise_descriptor_limit()
    server.before_ready(tune_collector)
    with stopped_by_signals(server):
        await server.serve(sockets)
