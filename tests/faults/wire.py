"""A keep-alive HTTP connection, small enough to see what a fault does: an answer comes whole, or `Lost` is raised."""

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

PATIENCE_SECONDS = 60.0  # Bounds how long a broken story hangs, and nothing else.


class Lost(Exception):
    """The connection ended before the answer was whole: whether the server acted on the request is not known."""


class Reply(Struct, frozen=True):
    """An answer."""

    status: int
    body: bytes

    def json(self) -> Any:
        """Decode the body of an answer that must be 200."""
        assert self.status == 200, f"{self.status}: {self.body[:500]!r}"
        return json.loads(self.body)


def request(method: str, path: str, *, token: str | None = None, body: Any = None) -> bytes:
    """Return the bytes of a request; `body` is sent as JSON."""
    payload = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(payload)}"]
    if token is not None:
        lines.append(f"Authorization: Bearer {token}")
    return "\r\n".join([*lines, "", ""]).encode() + payload


def address(url: str) -> tuple[str, int]:
    """Return host and port of a URL."""
    parts = urlsplit(url)
    assert parts.hostname is not None
    assert parts.port is not None
    return parts.hostname, parts.port


async def read_head(reader: asyncio.StreamReader) -> tuple[str, dict[str, str]]:
    """Read a start line and headers, the names in lower case."""
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = (line.split(":", 1) for line in lines[1:] if line)
    return lines[0], {name.lower(): value.strip() for name, value in headers}


class Wire:
    """One connection at a time to one server; connects when something is asked, again after a loss."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._address = address(url)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, *, token: str | None = None, body: Any = None) -> Reply:
        """Send one request and return its answer; raises `Lost`."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await self._exchange(request(method, path, token=token, body=body))
        except (OSError, EOFError) as error:
            self.close()
            raise Lost from error
        except BaseException:
            self.close()  # What is left of the answer would else be taken for the next one.
            raise

    async def _exchange(self, sent: bytes) -> Reply:
        if self._streams is None:
            self._streams = await asyncio.open_connection(*self._address)
        reader, writer = self._streams
        writer.write(sent)
        await writer.drain()
        line, headers = await read_head(reader)
        reply = Reply(int(line.split()[1]), await reader.readexactly(int(headers.get("content-length", "0"))))
        if headers.get("connection") == "close":
            self.close()
        return reply

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].transport.abort()
            self._streams = None
