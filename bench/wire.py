"""The load generator's HTTP: request bytes built beforehand, keep-alive connections, no pipelining."""

import asyncio
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from time import perf_counter
from typing import Any

import httptools
from msgspec import Struct

Address = tuple[str, int]


class LoadError(Exception):
    """A server gave an answer that the load does not expect, or none."""


def request(method: str, path: str, *, token: str = "", body: Any = None) -> bytes:
    """Build one request; `body` is bytes that are sent as they are, or a value that is sent as JSON."""
    payload = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    return request_head(method, path, token=token, length=len(payload)) + payload


def request_head(method: str, path: str, *, token: str, length: int) -> bytes:
    """Build a request up to its body."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {length}"]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    if length:
        lines.append("Content-Type: application/json")
    return "\r\n".join([*lines, "", ""]).encode()


class Answer(Struct, frozen=True):
    """What came back and, on the clock of `perf_counter`, when it was asked for and when its last byte came."""

    status: int
    body: bytes
    asked: float
    came: float

    @property
    def seconds(self) -> float:
        """How long the answer took."""
        return self.came - self.asked

    def json(self) -> Any:
        """Decode the body, or raise `LoadError` when the status is not 200."""
        self.expect_ok()
        return json.loads(self.body)

    def expect_ok(self) -> None:
        """Raise `LoadError` when the status is not 200."""
        if self.status != 200:
            raise LoadError(f"status {self.status}: {self.body[:300].decode(errors='replace')}")


class Connection(asyncio.Protocol):
    """One keep-alive connection with at most one request in flight; `on_answer` is called with each answer."""

    def __init__(self, on_answer: Callable[[Answer], None], on_lost: Callable[[], None]) -> None:
        self._on_answer = on_answer
        self._on_lost = on_lost
        self._parser = httptools.HttpResponseParser(self)
        self._transport: asyncio.Transport | None = None
        self._parts: list[bytes] = []
        self._asked = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]  # TCP gives a Transport.

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's signature.
        self._transport = None
        self._on_lost()

    def on_body(self, part: bytes) -> None:
        """Keep a part of the body; the parser calls this."""
        self._parts.append(part)

    def on_message_complete(self) -> None:
        """Hand over a whole answer; the parser calls this."""
        parts, self._parts = self._parts, []
        body = parts[0] if len(parts) == 1 else b"".join(parts)
        self._on_answer(Answer(self._parser.get_status_code(), body, self._asked, perf_counter()))

    def ask(self, raw: bytes) -> None:
        """Send one request."""
        if self._transport is None:
            raise LoadError("The server closed the connection.")
        self._asked = perf_counter()
        self._transport.write(raw)

    def close(self) -> None:
        """Close the connection."""
        if self._transport is not None:
            self._transport.abort()


async def connect(
    address: Address, on_answer: Callable[[Answer], None], *, on_lost: Callable[[], None] = lambda: None
) -> Connection:
    """Open one connection."""
    loop = asyncio.get_running_loop()
    _, connection = await loop.create_connection(lambda: Connection(on_answer, on_lost), *address)
    return connection


class _Worker:
    """One connection that asks what its iterator yields, one request after the answer to the last (a closed loop)."""

    def __init__(self, requests: Iterator[bytes], keep: Callable[[Answer], None]) -> None:
        self._requests = requests
        self._keep = keep
        self._connection: Connection | None = None
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def start(self, address: Address) -> None:
        self._connection = await connect(address, self._answered, on_lost=self._lost)
        self._next()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def _next(self) -> None:
        assert self._connection is not None
        raw = next(self._requests, None)
        if raw is not None:
            self._connection.ask(raw)
        elif not self.done.done():
            self.done.set_result(None)

    def _answered(self, answer: Answer) -> None:
        try:
            self._keep(answer)
            self._next()
        except Exception as error:  # An error must end the run, not vanish in the parser's callback.
            if not self.done.done():
                self.done.set_exception(error)

    def _lost(self) -> None:
        if not self.done.done():
            self.done.set_exception(LoadError("The server closed a connection in the middle of the load."))


async def drive(address: Address, loops: Sequence[tuple[Iterator[bytes], Callable[[Answer], None]]]) -> None:
    """Run closed loops (what to ask, and who gets the answers), each on its own connection, until all end."""
    workers = [_Worker(requests, keep) for requests, keep in loops]
    try:
        for worker in workers:
            await worker.start(address)
        await asyncio.gather(*(worker.done for worker in workers))
    finally:
        for worker in workers:
            worker.close()


async def ask_all(address: Address, requests: Iterable[bytes], *, connections: int = 16) -> list[Answer]:
    """Ask everything over a few connections and return the answers in the order of the requests; all must be 200."""
    answers: dict[int, Answer] = {}
    queue = iter(enumerate(requests))

    def loop() -> tuple[Iterator[bytes], Callable[[Answer], None]]:
        current = 0

        def take() -> Iterator[bytes]:
            nonlocal current
            for current, raw in queue:  # noqa: B007  # `keep` reads it.
                yield raw

        def keep(answer: Answer) -> None:
            answer.expect_ok()
            answers[current] = answer

        return take(), keep

    await drive(address, [loop() for _ in range(connections)])
    return [answers[index] for index in range(len(answers))]


async def ask(address: Address, raw: bytes) -> Answer:
    """Ask one thing on a connection of its own; the answer must be 200."""
    (answer,) = await ask_all(address, [raw], connections=1)
    return answer
