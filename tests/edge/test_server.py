"""Starting and stopping: what a supervisor, a parked client and an operator see."""

import asyncio
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from amanat.core.requester import Requester
from amanat.edge.app import App
from amanat.edge.request import Request
from amanat.edge.routes import collect, get
from amanat.edge.server import Server, ServerRules, listen, listen_unix, raise_descriptor_limit
from tests.edge.running import running
from tests.edge.test_connection import NOBODY

PROGRAM = """
import uvloop
from amanat.core.requester import Requester
from amanat.edge.app import App
from amanat.edge.server import Server, listen, serve

async def nobody(token, request): ...

socket = listen("127.0.0.1", 0)
server = Server(App([], authenticate=nobody), ready=lambda: print(socket.getsockname()[1], flush=True))
uvloop.run(serve(server, [socket]))
print("left cleanly", flush=True)
"""


class Parking:
    """A poll that waits for the server to stop, or for ever."""

    def __init__(self) -> None:
        self.stop = asyncio.Event()
        self.parked = 0

    @get("/poll", auth="none")
    async def poll(self, request: Request) -> dict[str, Any]:
        self.parked += 1
        await self.stop.wait()
        return {"woken": True}

    @get("/for-ever", auth="none")
    async def for_ever(self, request: Request) -> None:
        self.parked += 1
        await asyncio.Event().wait()


async def authenticate(token: str, request: Request) -> Requester:
    return NOBODY


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_process_cleanly(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert int(process.stdout.readline()) > 0
        process.send_signal(number)
        assert process.stdout.read() == "left cleanly\n"
        assert process.wait() == 0


async def test_a_stop_wakes_parked_polls_and_they_answer() -> None:
    parking = Parking()
    async with running(App(collect(parking), authenticate=authenticate), stopping=parking.stop.set) as server:
        wire = await server.connect()
        await wire.ask("GET /poll")
        await server.until(lambda: parking.parked)
        server.server.stop()
        reply = await wire.reply()
        assert (reply.status, reply.body) == (200, b'{"woken":true}')
        assert await wire.ended()


async def test_a_request_that_does_not_end_is_told_to_ask_again() -> None:
    parking = Parking()
    rules = ServerRules(grace_s=0)
    async with running(App(collect(parking), authenticate=authenticate), rules=rules) as server:
        wire = await server.connect()
        await wire.ask("GET /for-ever")
        await server.until(lambda: parking.parked)
        server.server.stop()
        reply = await wire.reply()
        assert (reply.status, reply.errcode) == (503, "M_UNKNOWN")


async def test_a_unix_socket_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "admin.sock"
    listen_unix(path).close()
    ready, parking = asyncio.Event(), Parking()
    server = Server(App(collect(parking), authenticate=authenticate), ready=ready.set)
    async with asyncio.TaskGroup() as group:
        group.create_task(server.serve([listen_unix(path)]))
        await ready.wait()
        assert path.stat().st_mode & 0o777 == 0o600
        reader, writer = await asyncio.open_unix_connection(str(path))
        writer.write(b"GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.1 404")
        writer.close()
        await writer.wait_closed()
        server.stop()


def test_a_file_is_not_replaced_by_a_socket(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_text("dear")
    with pytest.raises(OSError, match="in use"):
        listen_unix(path)
    assert path.read_text() == "dear"


def test_a_port_in_use_is_refused() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(OSError, match="in use"):
        listen("127.0.0.1", taken.getsockname()[1])


def test_as_many_connections_are_allowed_as_the_system_gives() -> None:
    hard = raise_descriptor_limit()
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (hard, hard)
