"""Runs an ASGI application on uvicorn with our settings: where it listens, how it starts and how it stops."""

import gc
import resource
import socket
import stat
from asyncio import get_running_loop
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import SIGINT, SIGTERM
from typing import Any, Final

import uvicorn
from msgspec import Struct

from amanat.edge.connection import Connection, ConnectionRules, protocol

_BACKLOG: Final = 2048
# Measured: at Python's default of 700 objects the collector is a quarter of the cost of a delivery.
_GC_THRESHOLD: Final = 50_000
_SWEEP_TICKS: Final = 20  # uvicorn ticks ten times a second.


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


class Server(uvicorn.Server):
    """A uvicorn server that says when it is ready, wakes its parked polls when it stops, and cuts overdue clients."""

    def __init__(
        self,
        app: Any,
        *,
        ready: Callable[[], object] = lambda: None,
        stopping: Callable[[], object] = lambda: None,
        rules: ServerRules | None = None,
    ) -> None:
        """Call `ready` when connections are accepted, and `stopping` when the stop begins: wake the polls there."""
        self._ready = [ready]
        self._stopping = stopping
        rules = rules or ServerRules()
        super().__init__(
            uvicorn.Config(
                app,
                http=protocol(rules.connections),
                ws="none",
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=False,
                proxy_headers=False,
                backlog=_BACKLOG,
                timeout_keep_alive=rules.connections.keep_alive_s,
                timeout_graceful_shutdown=rules.grace_s,
            )
        )

    def stop(self) -> None:
        """Begin to stop; a second call does not wait for anybody."""
        self.force_exit = self.should_exit
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        if self.started:
            for tell in self._ready:
                tell()

    def before_ready(self, act: Callable[[], object]) -> None:
        """Call `act` once everything is loaded, just before `ready`."""
        self._ready.insert(0, act)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Wake the parked polls, so that they answer, and wait for the rest as long as the rules say."""
        self._stopping()
        await super().shutdown(sockets)

    async def on_tick(self, counter: int) -> bool:
        """Cut overdue clients now and then."""
        if counter % _SWEEP_TICKS == 0:
            self.sweep()
        return await super().on_tick(counter)

    def sweep(self) -> None:
        """Cut the clients that are overdue."""
        now = get_running_loop().time()
        for connection in list(self.server_state.connections):
            if isinstance(connection, Connection) and connection.overdue(now):
                connection.abort()

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Stop on SIGTERM and SIGINT. Unlike uvicorn's own, a clean stop is the end of it: the exit code stays 0."""
        loop = get_running_loop()
        for number in (SIGTERM, SIGINT):
            loop.add_signal_handler(number, self.stop)
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
    await server.serve(list(sockets))
