"""One client connection: uvicorn's httptools protocol, with deadlines and sizes for clients that take all they can."""

from asyncio import BaseTransport, Transport
from math import inf
from typing import Any, cast

from msgspec import Struct, json
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from amanat.edge.responses import JSON_HEADERS


class ConnectionRules(Struct, frozen=True, kw_only=True):
    """What a connection may take: the size and the time of a request's head, and how long an answer may lie unread."""

    # Tokens, URLs with a filter in them and a proxy's own headers stay under this with room to spare.
    head_bytes: int = 32 * 1024
    head_s: float = 15.0
    # Longer than the 60 s that common proxies keep their idle connections: they must be the first to hang up.
    keep_alive_s: int = 75
    unread_s: float = 60.0


class Connection(HttpToolsProtocol):
    """A connection that `overdue` can be asked of.

    A timer per connection or request would be paid by everyone for the sake of the few: the server asks all
    connections every few seconds instead.
    """

    rules = ConnectionRules()

    def connection_made(self, transport: BaseTransport) -> None:
        """Begin to wait for the first request."""
        self._head_due = self.loop.time() + self.rules.head_s
        self._head_bytes = 0
        self._read_due = inf
        self._unread = 0
        super().connection_made(cast(Transport, transport))

    def data_received(self, data: bytes) -> None:
        """Give up on a head that grows without end; what comes in one piece is at most one read of the socket."""
        super().data_received(data)
        if self._head_due == inf or self.transport.is_closing():
            return
        self._head_bytes += len(data)
        if self._head_bytes > self.rules.head_bytes:
            self._refuse(431, "The headers are too large.")

    def on_headers_complete(self) -> None:
        """The request has a head: from now on it is the application's."""
        self._head_due = inf
        self._head_bytes = 0
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        self._head_due = self.loop.time() + self.rules.keep_alive_s + self.rules.head_s
        super().on_response_complete()

    def pause_writing(self) -> None:
        """The client reads more slowly than it is answered."""
        self._expect_reading()
        super().pause_writing()

    def resume_writing(self) -> None:
        """The client has caught up."""
        self._read_due = inf
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is not HTTP in the form that Matrix clients read."""
        self._refuse(400, msg)

    def overdue(self, now: float) -> bool:
        """Whether the client has had its time: for a request's head, or for reading any of what it asked for."""
        if now >= self._read_due:
            if self.transport.get_write_buffer_size() >= self._unread:
                return True
            self._expect_reading()
        return now >= self._head_due and (self.cycle is None or self.cycle.response_complete)

    def abort(self) -> None:
        """End the connection without waiting for the client."""
        self.transport.abort()

    def _expect_reading(self) -> None:
        self._read_due = self.loop.time() + self.rules.unread_s
        self._unread = self.transport.get_write_buffer_size()

    def _refuse(self, status: int, error: str) -> None:
        body = json.encode({"errcode": "M_UNKNOWN", "error": error})
        headers = [*JSON_HEADERS, (b"content-length", b"%d" % len(body)), (b"connection", b"close")]
        lines = [b"%b: %b\r\n" % header for header in headers]
        self.transport.write(b"".join([STATUS_LINE[status], *lines, b"\r\n", body]))
        self.transport.close()


def protocol(rules: ConnectionRules) -> type[Any]:
    """Make the protocol class for these rules; uvicorn builds its connections from a class."""
    return type("RuledConnection", (Connection,), {"rules": rules})
