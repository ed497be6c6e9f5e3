"""The socket in the data folder: a running server answers its operator there, and commands ask through it.

Where no server runs, a command opens the data itself and answers its own question: one way for both.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Final, TypeVar

from msgspec import json

from amanat.app import Amanat, Mode
from amanat.cli.failure import Failure
from amanat.cli.loop import run
from amanat.config import Config
from amanat.edge.server import Server, listen_unix, short
from amanat.store.data_folder import DataFolder

T = TypeVar("T")

PATIENCE_S: Final = 60.0


class AdminClient:
    """Asks the server that answers on an admin socket."""

    def __init__(self, path: Path, *, patience_s: float = PATIENCE_S) -> None:
        self._path = path
        self._patience_s = patience_s

    def is_answered(self) -> bool:
        """Whether a server is there."""
        try:
            with closing(self._connection()) as connection:
                connection.connect()
        except OSError:
            return False
        return True

    def get(self, path: str) -> Any:
        """GET, and return the JSON of the answer; raises `Failure` with the server's sentence."""
        return json.decode(self.read("GET", path))

    def post(self, path: str, body: Any) -> Any:
        """POST."""
        return json.decode(self.read("POST", path, body=json.encode(body)))

    def read(self, method: str, path: str, *, body: bytes = b"") -> bytes:
        """Make one request and return the body of the answer."""
        connection = self._connection()
        try:
            connection.request(method, path, body)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, HTTPException) as error:
            raise Failure(f"The server at {self._path} does not answer: {error}.") from error
        finally:
            connection.close()
        if answer.status != 200:
            raise Failure(json.decode(content)["error"])
        return content

    def _connection(self) -> "_UnixConnection":
        return _UnixConnection(self._path, patience_s=self._patience_s)


class _UnixConnection(HTTPConnection):
    def __init__(self, path: Path, *, patience_s: float) -> None:
        super().__init__("localhost", timeout=patience_s)
        self._path = path

    def connect(self) -> None:
        """Connect to the socket instead of an address."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        try:
            with short(self._path) as path:
                self.sock.connect(str(path))
        except OSError:
            self.sock.close()
            raise


@asynccontextmanager
async def answering(amanat: Amanat) -> AsyncIterator[None]:
    """Answer on the admin socket of an open server until the block ends."""
    ready = asyncio.Event()
    server = Server(amanat.admin_app, ready=ready.set)
    path = amanat.folder.admin_socket
    with short(path) as address:
        bound = listen_unix(address)
    # Not a task group: what is raised inside the block must come out as it is.
    answering = asyncio.create_task(server.serve([bound]), name="admin socket")
    try:
        await ready.wait()
        yield
    finally:
        server.stop()
        await answering
        with suppress(FileNotFoundError):
            path.unlink()


def ask(config: Config, question: Callable[[AdminClient], T]) -> T:
    """Ask the running server; where none runs, open the data as it would; raises `DataInUse` and the like."""
    client = AdminClient(DataFolder(config).admin_socket)
    if client.is_answered():
        return question(client)

    async def alone() -> T:
        amanat = Amanat(config, mode=Mode.SERVE)
        await amanat.open(sweeping=False)
        try:
            async with answering(amanat):
                return await asyncio.to_thread(question, client)
        finally:
            await amanat.close()

    return run(alone())
