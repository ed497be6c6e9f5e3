"""One client connection: HTTP/1.1 over httptools, with deadlines and sizes for clients that take all they can.

Requests are answered one after the other, each by one task. What a client sends ahead waits its turn.
"""

from asyncio import AbstractEventLoop, BaseTransport, Event, Future, Protocol, Task, Transport
from collections import deque
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing
from math import inf
from typing import Any, TypeAlias, cast

import httptools
import structlog
from msgspec import Struct, json

from amanat.edge.incoming import Incoming
from amanat.edge.request import Request
from amanat.edge.responses import Answer, Response, Stream
from amanat.edge.writing import CONTINUE, LAST_CHUNK, chunk, head, whole

log = structlog.get_logger()

Application: TypeAlias = Callable[[Request], Coroutine[Any, Any, Answer | None]]


class ConnectionRules(Struct, frozen=True, kw_only=True):
    """What a connection may take: the size and the time of a request's head, and how long an answer may lie unread."""

    # Tokens, URLs with a filter in them and a proxy's own headers stay under this with room to spare.
    head_bytes: int = 32 * 1024
    head_s: float = 15.0
    # Requests that a client may send before it has its answers.
    ahead: int = 100
    # Longer than the 60 s that common proxies keep their idle connections: they must be the first to hang up.
    keep_alive_s: int = 75
    unread_s: float = 60.0
    # What may lie unread in all answers together; over it, the client that has been slow for longest is cut.
    unread_bytes: int = 256 * 1024 * 1024


class Connections:
    """The open connections of a server, and what they share."""

    def __init__(self, answer: Application, *, loop: AbstractEventLoop, rules: ConnectionRules) -> None:
        self.answer = answer
        self.loop = loop
        self.rules = rules
        self.stopping = False
        self.open: set[Connection] = set()
        # An answer under way holds on to its connection; one whose client is gone is held on to here.
        self._orphans: set[Task[None]] = set()
        self.quiet = Event()
        """Nobody is connected and nothing is being answered; set once the server is stopping."""
        self._slow: dict[Connection, None] = {}

    def closed(self, connection: "Connection", task: Task[None] | None) -> None:
        """Forget a connection; its task may still be at work for nobody."""
        self.open.discard(connection)
        self.caught_up(connection)
        if task is not None and not task.done():
            self._orphans.add(task)
            task.add_done_callback(self._finished)
        self._look()

    def slowed(self, connection: "Connection") -> None:
        """A client reads more slowly than it is answered: bound what all such clients make us keep."""
        self._slow[connection] = None
        unread = sum(slow.unread_bytes for slow in self._slow)
        for slow in list(self._slow):
            if unread <= self.rules.unread_bytes:
                break
            unread -= slow.unread_bytes
            slow.abort()

    def caught_up(self, connection: "Connection") -> None:
        """A client has read what it was sent."""
        self._slow.pop(connection, None)

    def sweep(self) -> None:
        """Cut the clients that are overdue."""
        now = self.loop.time()
        for connection in list(self.open):
            if connection.overdue(now):
                connection.abort()

    def close_idle(self) -> None:
        """End the connections on which nothing is asked, and the others with their next answer."""
        self.stopping = True
        for connection in list(self.open):
            connection.close_idle()
        self._look()

    def cancel(self) -> None:
        """Wait for no answer that is under way."""
        for task in [*self._orphans, *(connection.task for connection in self.open)]:
            if task is not None:
                task.cancel()

    def abort(self) -> None:
        """End what is left."""
        for connection in list(self.open):
            connection.abort()

    def _finished(self, task: Task[None]) -> None:
        self._orphans.discard(task)
        self._look()

    def _look(self) -> None:
        if self.stopping and not self.open and not self._orphans:
            self.quiet.set()


class Connection(Protocol):
    """A connection that `overdue` can be asked of.

    A timer per connection or request would be paid by everyone for the sake of the few: the server asks all
    connections every few seconds instead.
    """

    __slots__ = (
        "_answering",
        "_expects",
        "_head_bytes",
        "_head_due",
        "_headers",
        "_held_back",
        "_in_head",
        "_incoming",
        "_lost",
        "_parser",
        "_peer",
        "_read_due",
        "_server",
        "_target",
        "_transport",
        "_unread",
        "_waiting",
        "_writable",
        "task",
    )

    def __init__(self, server: Connections) -> None:
        self._server = server
        self._parser: httptools.HttpRequestParser | None = httptools.HttpRequestParser(self)
        self._target = b""
        self._headers: dict[bytes, bytes] = {}
        self._in_head = False
        self._head_bytes = 0
        self._incoming: Incoming | None = None
        self._expects = False
        self._held_back = False
        self._answering: Request | None = None
        self._waiting: deque[Request] | None = None
        self._writable: Future[None] | None = None
        self._read_due = inf
        self._unread = 0
        self._lost = False
        self.task: Task[None] | None = None

    # The transport

    def connection_made(self, transport: BaseTransport) -> None:
        """Begin to wait for the first request."""
        self._transport = cast(Transport, transport)
        peer = transport.get_extra_info("peername")
        self._peer: str = peer[0] if isinstance(peer, tuple) else ""
        self._head_due = self._server.loop.time() + self._server.rules.head_s
        self._server.open.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  asyncio's signature
        """Tell whoever still reads or answers."""
        self._lost = True
        self._parser = None  # They refer to each other.
        self._server.closed(self, self.task)
        self._waiting = None
        self.resume_writing()
        if self._answering is not None:
            self._answering.incoming.lose()

    def data_received(self, data: bytes) -> None:
        """Parse; give up on a head that grows without end."""
        assert self._parser is not None
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._transport.pause_reading()  # No other protocol is spoken here, so what follows is not for us.
        except httptools.HttpParserError as error:
            self._not_http(error)
        else:
            if self._in_head:
                self._head_bytes += len(data)
                if self._head_bytes > self._server.rules.head_bytes:
                    self._refuse(431, "The headers are too large.")

    def pause_writing(self) -> None:
        """The client reads more slowly than it is answered."""
        self._writable = self._server.loop.create_future()
        self._expect_reading()
        self._server.slowed(self)

    def resume_writing(self) -> None:
        """The client has caught up, or is gone."""
        self._read_due = inf
        self._server.caught_up(self)
        if self._writable is not None:
            self._writable.set_result(None)
            self._writable = None

    # The parser

    def on_message_begin(self) -> None:
        """A request begins."""
        self._target = b""
        self._headers = {}
        self._in_head = True

    def on_url(self, piece: bytes) -> None:
        """Take a piece of the target."""
        self._target += piece

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        name = name.lower()
        if name in self._headers:
            value = b"%b,%b" % (self._headers[name], value)
        self._headers[name] = value

    def on_headers_complete(self) -> None:
        """The request has a head: from now on it is the application's."""
        parser, headers = self._parser, self._headers
        assert parser is not None
        if self._transport.is_closing():
            return
        self._in_head = False
        self._head_bytes = 0
        self._head_due = inf
        self._incoming = Incoming(self)
        self._expects = headers.get(b"expect", b"").lower() == b"100-continue"
        request = Request(
            parser.get_method().decode("ascii"),
            self._target if self._target.startswith(b"/") else _origin_form(self._target),
            headers=headers,
            peer=self._peer,
            incoming=self._incoming,
        )
        request.last = parser.should_upgrade() or not parser.should_keep_alive()
        if self._answering is None:
            self._begin(request)
        else:
            self._queue(request)

    def _queue(self, request: Request) -> None:
        """Keep what was asked ahead of its turn. One read of the socket could hold thousands of requests."""
        self._waiting = self._waiting or deque()
        if len(self._waiting) >= self._server.rules.ahead:
            self.abort()
            return
        self._waiting.append(request)
        self.hold_back()

    def on_body(self, piece: bytes) -> None:
        """Take a piece of the body."""
        if self._incoming is not None:
            self._incoming.feed(piece)

    def on_message_complete(self) -> None:
        """The request is whole."""
        if self._incoming is not None:
            self._incoming.end()

    # The flow of a body

    def hold_back(self) -> None:
        """Let the client wait with what comes next."""
        if not self._held_back and not self._transport.is_closing():
            self._held_back = True
            self._transport.pause_reading()

    def go_on(self) -> None:
        """Let the client send."""
        if not (self._expects or self._held_back) or self._transport.is_closing():
            return
        if self._expects:
            self._expects = False
            self._transport.write(CONTINUE)
        if self._held_back and not self._waiting:
            self._held_back = False
            self._transport.resume_reading()

    # Answers

    def _begin(self, request: Request) -> None:
        self._answering = request
        self.task = self._server.loop.create_task(self._answer(request))

    async def _answer(self, request: Request) -> None:
        try:
            answer = await self._server.answer(request)
            if self._writable is not None:
                await self._writable
            last = self._is_last(request)
            if isinstance(answer, Stream):
                last = await self._stream(request, answer, last=last)
            elif answer is None:
                last = True
            elif not self._lost:
                self._transport.write(whole(answer, with_body=request.method != "HEAD", last=last))
        except BaseException:
            self._transport.abort()
            raise
        self._answered(request, last=last)

    def _is_last(self, request: Request) -> bool:
        """Whether the connection ends with this answer, be it that a body would otherwise keep coming."""
        return request.last or self._server.stopping or self._expects or not request.is_over_soon

    def _answered(self, request: Request, *, last: bool) -> None:
        self._answering = self.task = None
        self._expects = False
        request.incoming.drop()
        if last or self._lost:
            self._transport.close()
            return
        rules = self._server.rules
        self._head_due = self._server.loop.time() + rules.keep_alive_s + rules.head_s
        if self._waiting:
            self._begin(self._waiting.popleft())
            self.go_on()

    async def _stream(self, request: Request, answer: Stream, *, last: bool) -> bool:
        """Send a body as fast as it is taken, and no faster; returns whether the connection ends with it."""
        chunked = all(name != b"content-length" for name, _ in answer.headers)
        if chunked and self._parser is not None and self._parser.get_http_version() == "1.0":
            chunked, last = False, True
        async with aclosing(answer.chunks) as pieces:
            if self._lost:
                return True
            self._transport.write(head(answer.status, answer.headers, chunked=chunked, last=last))
            if request.method == "HEAD":
                return last
            try:
                await self._pour(pieces, chunked=chunked)
            except Exception:
                # The status is out already: all that is left is to end it short, so that the client notices.
                log.exception("stream_failed", request_id=request.id)
                return True
        return last

    async def _pour(self, pieces: AsyncGenerator[bytes, None], *, chunked: bool) -> None:
        async for piece in pieces:
            self._transport.write(chunk(piece) if chunked else piece)
            if self._writable is not None:
                await self._writable
            if self._lost:
                return
        if chunked:
            self._transport.write(LAST_CHUNK)

    # Ends

    @property
    def unread_bytes(self) -> int:
        """How much of its answers the client has not taken."""
        return self._transport.get_write_buffer_size()

    def overdue(self, now: float) -> bool:
        """Whether the client has had its time: for a request's head, or for reading any of what it asked for."""
        if now >= self._read_due:
            if self.unread_bytes >= self._unread:
                return True
            self._expect_reading()
        return now >= self._head_due and self._answering is None

    def abort(self) -> None:
        """End the connection without waiting for the client."""
        self._transport.abort()

    def close_idle(self) -> None:
        """End the connection unless a request is being answered."""
        if self._answering is None:
            self._transport.close()

    def _expect_reading(self) -> None:
        self._read_due = self._server.loop.time() + self._server.rules.unread_s
        self._unread = self.unread_bytes

    def _not_http(self, error: httptools.HttpParserError) -> None:
        if isinstance(error, httptools.HttpParserCallbackError) and not isinstance(error.__context__, _BAD_TARGETS):
            log.error("connection_failed", exc_info=error)
        if self._answering is None or not self._answering.incoming.whole:
            self._refuse(400, "This is not an HTTP request that can be understood.")
            return
        # What came ahead of its turn makes no sense; what is being answered does.
        self._answering.last = True
        self._waiting = None
        self._transport.pause_reading()

    def _refuse(self, status: int, error: str) -> None:
        answer = Response(status, json.encode({"errcode": "M_UNKNOWN", "error": error}))
        self._transport.write(whole(answer, last=True))
        self._transport.close()


_BAD_TARGETS = (UnicodeDecodeError, httptools.HttpParserInvalidURLError)


def _origin_form(target: bytes) -> bytes:
    """Take the path and query out of a target that names the host too, as proxies are asked (RFC 9112, 3.2)."""
    if target == b"*":
        return target
    url = httptools.parse_url(target)
    path: bytes = url.path or b"/"
    return path if url.query is None else b"%b?%b" % (path, url.query)
