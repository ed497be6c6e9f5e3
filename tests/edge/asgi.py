"""A tiny ASGI driver: one request in, one answer out, no server."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from amanat.edge.asgi import Message, Receive, Scope


class Answered(Struct):
    """What the application sent."""

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


def scope(method: str, target: str, headers: dict[str, str] | None = None, client: str = "192.0.2.1") -> Scope:
    """Make the scope of a request, as a server would."""
    path, _, query = target.partition("?")
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
        "client": (client, 4711),
    }


def receiving(*pieces: bytes, then_gone: bool = False) -> Receive:
    """Make a `receive` that hands over the body in these pieces, and then waits, or hangs up."""
    messages: list[Message] = [
        {"type": "http.request", "body": piece, "more_body": index < len(pieces)}
        for index, piece in enumerate(pieces, start=1)
    ]
    if then_gone:
        messages.append({"type": "http.disconnect"})

    async def receive() -> Message:
        if not messages:
            await asyncio.Event().wait()
        return messages.pop(0)

    return receive


async def ask(
    app: Any,
    method: str,
    target: str,
    *,
    body: bytes | Sequence[bytes] = b"",
    headers: dict[str, str] | None = None,
    token: str | None = None,
    client: str = "192.0.2.1",
    then_gone: bool = False,
) -> Answered:
    """Send one request through the application's front door."""
    pieces = [body] if isinstance(body, bytes) else list(body)
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    headers = dict(headers or {})
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    await app(scope(method, target, headers, client), receiving(*pieces, then_gone=then_gone), send)
    start, *rest = sent
    named = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answered(start["status"], named, b"".join(message["body"] for message in rest))
