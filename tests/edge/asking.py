"""Requests without a socket: one request in, one answer out."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from amanat.edge.connection import Application
from amanat.edge.incoming import Incoming
from amanat.edge.request import Request
from amanat.edge.responses import JSON_HEADERS, Response


class Answered(Struct):
    """What the application answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, decoded."""
        return json.loads(self.body)

    @property
    def errcode(self) -> str:
        """The errcode of a refusal that has the form the specification asks for."""
        assert isinstance(self.json["error"], str)
        errcode: str = self.json["errcode"]
        return errcode


class Client:
    """A client that sends its body in these pieces, each when the last has been taken, and then ends or hangs up."""

    def __init__(self, pieces: Sequence[bytes], *, then: str = "end") -> None:
        """`then` is what comes after the last piece: the `end`, `silence`, or that it is `gone`."""
        self._pieces = list(pieces)
        self._then = then
        self.incoming = Incoming(self)
        self.silent = asyncio.Event()
        self.go_on()

    def hold_back(self) -> None:
        """Stop sending, which this client does after each piece anyway."""

    def go_on(self) -> None:
        """Send the next piece."""
        if self._pieces:
            self.incoming.feed(self._pieces.pop(0))
        elif self._then == "gone":
            self.incoming.lose()
        elif self._then == "silence":
            self.silent.set()
        if self._then == "end" and not self._pieces:
            self.incoming.end()


def asking(
    method: str,
    target: str,
    headers: dict[str, str] | None = None,
    *,
    incoming: Incoming,
    client: str = "192.0.2.1",
) -> Request:
    """Make a request, as a connection would."""
    named = {name.lower().encode(): value.encode() for name, value in (headers or {}).items()}
    return Request(method, target.encode(), headers=named, peer=client, incoming=incoming)


async def ask(
    app: Application,
    method: str,
    target: str,
    *,
    body: bytes | Sequence[bytes] = b"",
    headers: dict[str, str] | None = None,
    token: str | None = None,
    client: str = "192.0.2.1",
) -> Answered:
    """Send one request through the application's front door."""
    headers = dict(headers or {})
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    sending = Client([body] if isinstance(body, bytes) else body)
    answer = await app(asking(method, target, headers, incoming=sending.incoming, client=client))
    assert answer is not None
    if isinstance(answer, Response):
        of_answer, whole = JSON_HEADERS if answer.headers is None else answer.headers, answer.body
        of_answer = [*of_answer, (b"content-length", b"%d" % len(whole))]
    else:
        of_answer, whole = answer.headers, b"".join([piece async for piece in answer.chunks])
    named = {name.decode(): value.decode() for name, value in of_answer}
    return Answered(answer.status, named, b"" if method == "HEAD" else whole)
