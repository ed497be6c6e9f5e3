"""One server, asked again and again over kept connections; no redirects, no cookies, no proxy, no compression."""

import asyncio
import ssl
from collections import deque
from collections.abc import Mapping
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from amanat.outbound.connection import Connection, Flow, HttpAnswer, Sink, Unreachable, connect, request_of

MAX_ANSWER_BYTES: Final = 64 * 1024 * 1024
"""What a sync after a long absence may bring; more is refused rather than kept in memory."""


class Streams(Struct, frozen=True, kw_only=True):
    """What goes out and comes in piece by piece, and how much may come."""

    most: int
    flow: Flow | None = None
    into: Sink | None = None


class Origin:
    """A scheme, a host and a port. At most `connections` requests are under way; others wait for their turn."""

    def __init__(self, url: str, *, connections: int = 32, tls: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url} is no http:// or https:// address.")
        secure = parts.scheme == "https"
        self._host = parts.hostname
        self._port = parts.port or (443 if secure else 80)
        self._tls = (tls or _trusting()) if secure else None
        self._prefix = parts.path.rstrip("/")
        self._authority = parts.netloc.rpartition("@")[2]
        self._free = asyncio.Semaphore(connections)
        self._idle: deque[Connection] = deque()

    async def ask(
        self, method: str, target: str, *, headers: Mapping[str, str], body: bytes | Flow = b"", deadline_s: float
    ) -> HttpAnswer:
        """Make one request and return its answer, whatever its status; raises `Unreachable`."""
        raw = request_of(method, f"{self._prefix}{target}", authority=self._authority, headers=headers, body=body)
        flow = body if isinstance(body, Flow) else None
        return await self._ask(raw, Streams(most=MAX_ANSWER_BYTES, flow=flow), deadline_s=deadline_s)

    async def fetch(
        self, target: str, *, headers: Mapping[str, str], into: Sink, most: int, deadline_s: float
    ) -> HttpAnswer:
        """Get something large: a good answer's body goes `into` something; raises `Unreachable`, and what that does."""
        raw = request_of("GET", f"{self._prefix}{target}", authority=self._authority, headers=headers, body=b"")
        return await self._ask(raw, Streams(most=most, into=into), deadline_s=deadline_s)

    async def _ask(self, raw: bytes, streams: "Streams", *, deadline_s: float) -> HttpAnswer:
        async with self._free:
            connection = self._idle_connection() or await connect(self._host, self._port, tls=self._tls)
            try:
                async with asyncio.timeout(deadline_s):
                    answer = await connection.ask(raw, most=streams.most, flow=streams.flow, into=streams.into)
            except TimeoutError:
                raise Unreachable("no answer in time", maybe_received=True) from None
            if connection.is_good:
                self._idle.append(connection)
            return answer

    def close(self) -> None:
        """Let the connections go."""
        while self._idle:
            self._idle.pop().abort()

    def _idle_connection(self) -> Connection | None:
        while self._idle:
            connection = self._idle.pop()
            if connection.is_good:
                return connection
        return None


@cache
def _trusting() -> ssl.SSLContext:
    """Return what trusts this machine's authorities: for all origins, since it holds every one of them in memory."""
    return ssl.create_default_context()
