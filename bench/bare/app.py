"""A raw ASGI app that stores what is sent and wakes who waits: no accounts, no rules, one timeline for all."""

import asyncio
import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable, Mapping, Sequence
from time import perf_counter, time_ns
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from bench.bare.storage import Row, Storage, Writer

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

_SENDS = "/_matrix/client/v3/rooms/"
_SYNC = "/_matrix/client/v3/sync"
_WAKING_SECONDS = 0.001  # Longer in one turn of the loop, and a large room holds up every send.
_HEADERS = [(b"content-type", b"application/json")]
# One answer to everything that prepares a load: register, createRoom, join, filter, keys.
_ANYTHING = b'{"user_id":"@bare:localhost","device_id":"BARE","access_token":"bare","room_id":"!bare","filter_id":"0"}'


class BareApp:
    """Sends are durable before they are answered; a sync from the newest position waits for the next batch."""

    def __init__(self, storage: Storage, *, position: int) -> None:
        self._writer = Writer(storage, position=position, published=self._publish)
        self.commits = self._writer.run
        self._parked: list[asyncio.Future[bytes]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path: str = scope["path"]
        if path.startswith(_SENDS):
            body = await self._event(path, await _body(receive))
        elif path == _SYNC:
            body = await self._sync(dict(parse_qsl(scope["query_string"].decode())))
        else:
            await _body(receive)
            body = _ANYTHING
        length = (b"content-length", str(len(body)).encode())
        await send({"type": "http.response.start", "status": 200, "headers": [*_HEADERS, length]})
        await send({"type": "http.response.body", "body": body})

    async def _event(self, path: str, raw: bytes) -> bytes:
        room_id, _, event_type, txn_id = path.removeprefix(_SENDS).split("/")
        event = {
            "content": msgspec.json.decode(raw),
            "origin_server_ts": time_ns() // 1_000_000,
            "room_id": room_id,
            "sender": "@bare:localhost",
            "type": event_type,
        }
        encoded = msgspec.json.encode(event, order="sorted")
        event_id = urlsafe_b64encode(hashlib.sha256(encoded).digest())[:43]
        await self._writer.write((event_id, room_id, txn_id, encoded))
        return b'{"event_id":"$%b"}' % event_id

    async def _sync(self, query: dict[str, str]) -> bytes:
        position = self._writer.position
        if "since" not in query or int(query["since"]) < position:
            return b'{"next_batch":"%d"}' % position
        future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._parked.append(future)
        return await future

    def _publish(self, position: int, rows: Sequence[Row]) -> None:
        if self._parked:
            waiting, self._parked = self._parked, []
            events = b",".join(row[3] for row in rows)
            room = rows[0][1].encode()
            body = b'{"next_batch":"%d","rooms":{"join":{"%b":{"timeline":{"events":[%b]}}}}}' % (
                position,
                room,
                events,
            )
            self._wake(waiting, body)

    def _wake(self, waiting: list[asyncio.Future[bytes]], body: bytes) -> None:
        until = perf_counter() + _WAKING_SECONDS
        while waiting and perf_counter() < until:
            future = waiting.pop()
            if not future.done():
                future.set_result(body)
        if waiting:
            asyncio.get_running_loop().call_soon(self._wake, waiting, body)


async def _body(receive: Receive) -> bytes:
    message = await receive()
    if not message.get("more_body"):
        return bytes(message["body"])
    parts = [message["body"]]
    while message.get("more_body"):
        message = await receive()
        parts.append(message["body"])
    return b"".join(parts)
