"""A bot's webhook on this machine: it answers the handshake, checks signatures and keeps what it is told."""

import asyncio
import hmac
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.gateway.device.office import PATIENCE_S

VERIFY_TOKEN = "mengetahui"


class Hook:
    """Takes what is delivered; `fails` so many deliveries first."""

    def __init__(self) -> None:
        self.port = 0
        self.fails = 0
        self.is_down = False
        self.refused: list[bytes] = []
        """What came while it was down."""
        self.bodies: list[bytes] = []
        self.signatures: list[str] = []
        self.hands_on: Callable[[bytes], object] | None = None
        """A bot's program, which is given each body in a thread of its own."""
        self._taken = 0
        self._came = asyncio.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/webhooks/whatsapp"

    @property
    def told(self) -> list[dict[str, Any]]:
        """What it was told: the one value of each delivery."""
        return [json.loads(body)["entry"][0]["changes"][0]["value"] for body in self.bodies]

    async def gets(self, what: str) -> dict[str, Any]:
        """Wait for the next message or status, and return the value it stands in."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                for value in self.told[self._taken :]:
                    self._taken += 1
                    if what in value:
                        return value
                self._came.clear()
                await self._came.wait()

    async def takes(self, count: int) -> None:
        """Wait until it has taken so many deliveries."""
        async with asyncio.timeout(PATIENCE_S):
            while len(self.bodies) - self.fails < count:
                self._came.clear()
                await self._came.wait()

    def is_signed_by(self, secret: str) -> bool:
        """Whether every delivery is signed over its very bytes."""
        made = [f"sha256={hmac.new(secret.encode(), body, sha256).hexdigest()}" for body in self.bodies]
        return made == self.signatures

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        line, *lines = head.strip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in lines)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        status, said = self._answer(line, headers, body)
        if line.startswith("POST") and self.hands_on is not None:
            await asyncio.to_thread(self.hands_on, body)
        writer.write(f"HTTP/1.1 {status} X\r\ncontent-length: {len(said)}\r\nconnection: close\r\n\r\n{said}".encode())
        await writer.drain()
        writer.close()

    def _answer(self, line: str, headers: dict[str, str], body: bytes) -> tuple[int, str]:
        method, target, _ = line.split()
        if method == "GET":
            query = parse_qs(urlsplit(target).query)
            right = query["hub.mode"] == ["subscribe"] and query["hub.verify_token"] == [VERIFY_TOKEN]
            return (200, query["hub.challenge"][0]) if right else (403, "Forbidden")
        if self.is_down:
            self.refused.append(body)
            return 503, "later"
        self.signatures.append(headers.get("x-hub-signature-256", ""))
        self.bodies.append(body)
        if len(self.bodies) <= self.fails:
            return 503, "later"
        self._came.set()
        return 200, "ok"


@asynccontextmanager
async def hook() -> AsyncIterator[Hook]:
    """Run one on a free port."""
    held = Hook()
    server = await asyncio.start_server(held.answer, "127.0.0.1", 0)
    held.port = server.sockets[0].getsockname()[1]
    async with server:
        yield held
