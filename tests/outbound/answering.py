"""Another server, which keeps what it is asked and answers as it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ssl import SSLContext

from msgspec import Struct


class Asked(Struct):
    """A request as it came."""

    line: str
    headers: dict[str, str]
    body: bytes


class Answering:
    """Answers each request with `status` and `body`; with none at all where `silent`, once `holds_until` is set."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.status = 200
        self.body = b""
        self.headers = ""
        self.silent = False
        self.holds_until: asyncio.Event | None = None
        self.port = 0
        self.came = asyncio.Event()
        """Set once it was asked anything."""

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.port}"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read one request and answer it."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            line, *lines = head.strip().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            self.asked.append(Asked(line, headers, body))
            self.came.set()
            if self.silent:
                await reader.read()
                return
            if self.holds_until is not None:
                await self.holds_until.wait()
            length = f"content-length: {len(self.body)}\r\n"
            writer.write(f"HTTP/1.1 {self.status} X\r\n{self.headers}{length}\r\n".encode() + self.body)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()


@asynccontextmanager
async def answering(*, tls: SSLContext | None = None) -> AsyncIterator[Answering]:
    """Run such a server on a free port of this machine."""
    answering = Answering()
    server = await asyncio.start_server(answering.answer, "127.0.0.1", 0, ssl=tls)
    answering.port = server.sockets[0].getsockname()[1]
    async with server:
        yield answering
