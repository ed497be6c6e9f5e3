"""A real server on a free port inside the test's own loop, and a client that speaks bytes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from msgspec import Struct, json
from msgspec.structs import replace

from amanat.edge.server import Server, ServerRules, listen


class Reply(Struct):
    """An answer as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def errcode(self) -> str:
        errcode: str = json.decode(self.body)["errcode"]
        return errcode


class Wire:
    """One connection, driven by hand."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def ask(self, line: str, *headers: str) -> None:
        await self.send("\r\n".join([f"{line} HTTP/1.1", "Host: localhost", *headers, "", ""]).encode())

    async def head(self) -> Reply:
        async with asyncio.timeout(20):
            head = (await self._reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        return Reply(int(head[0].split()[1]), dict(line.lower().split(": ", 1) for line in head[1:] if line), b"")

    async def reply(self) -> Reply:
        head = await self.head()
        return replace(head, body=await self.exactly(int(head.headers.get("content-length", "0"))))

    async def exactly(self, size: int) -> bytes:
        return await self._reader.readexactly(size)

    async def settled(self) -> None:
        """Give the server time to do what it should not."""
        await asyncio.sleep(0.05)

    async def ended(self) -> bool:
        """Wait until the server ends the connection."""
        try:
            return await self._reader.read() == b""
        except ConnectionResetError:
            return True

    async def close(self) -> None:
        self._writer.close()
        with suppress(ConnectionResetError):
            await self._writer.wait_closed()


class Running:
    """A running server."""

    def __init__(self, server: Server, port: int) -> None:
        self.server = server
        self._port = port
        self._wires: list[Wire] = []

    async def connect(self) -> Wire:
        wire = Wire(*await asyncio.open_connection("127.0.0.1", self._port))
        self._wires.append(wire)
        return wire

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something that the server does shows in its state."""
        async with asyncio.timeout(20):
            while not holds():  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async def close(self) -> None:
        for wire in self._wires:
            await wire.close()


@asynccontextmanager
async def running(
    app: Any, *, rules: ServerRules | None = None, stopping: Any = lambda: None
) -> AsyncIterator[Running]:
    """Run an application until the block ends."""
    ready = asyncio.Event()
    server = Server(app, ready=ready.set, stopping=stopping, rules=rules)
    socket = listen("127.0.0.1", 0)
    async with asyncio.TaskGroup() as group:
        group.create_task(server.serve([socket]))
        await ready.wait()
        it = Running(server, socket.getsockname()[1])
        try:
            yield it
        finally:
            await it.close()
            server.stop()
