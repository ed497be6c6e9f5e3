"""One connection: how an answer ends, and what is no answer."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from amanat.outbound.connection import Flow, HttpAnswer, Unreachable, connect, request_of

RAW = request_of("POST", "/hook", authority="bot.example", headers={}, body=b"{}")


@asynccontextmanager
async def saying(answer: bytes, *, hangs_up: bool) -> AsyncIterator[Callable[..., "asyncio.Future[HttpAnswer]"]]:
    """Answer the first request on a connection with some bytes; yield what asks over it."""

    served = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await reader.readexactly(len(RAW))
            writer.write(answer)
            if not hangs_up:
                await reader.read()
        writer.close()
        served.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    connection = await connect("127.0.0.1", server.sockets[0].getsockname()[1])
    yield lambda into=None: asyncio.ensure_future(connection.ask(RAW, most=100, into=into))
    connection.abort()
    await served.wait()
    server.close()


async def test_a_body_without_a_length_ends_with_the_connection() -> None:
    async with saying(b"HTTP/1.0 200 OK\r\ncontent-type: text/plain\r\n\r\nyes", hangs_up=True) as ask:
        assert await ask() == HttpAnswer(200, b"yes", None, "text/plain")


async def test_a_body_that_is_shorter_than_it_said_is_no_answer() -> None:
    async with saying(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nyes", hangs_up=True) as ask:
        with pytest.raises(Unreachable, match="closed"):
            await ask()


async def test_a_hint_is_not_the_answer() -> None:
    hint = b"HTTP/1.1 103 Early Hints\r\nretry-after: 7\r\n\r\n"
    async with saying(hint + b"HTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\nok", hangs_up=False) as ask:
        assert await ask() == HttpAnswer(201, b"ok")


async def test_what_is_no_http_is_no_answer() -> None:
    async with saying(b"220 mail.example ESMTP\r\n", hangs_up=False) as ask:
        with pytest.raises(Unreachable, match="no HTTP"):
            await ask()


async def test_who_is_cancelled_leaves_no_answer_for_the_next() -> None:
    async with saying(b"", hangs_up=False) as ask:
        asked = ask()
        await asyncio.sleep(0)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        with pytest.raises(Unreachable) as raised:
            await ask()
        assert not raised.value.maybe_received


@pytest.mark.parametrize("value", ["a\r\nb: c", "a\nb: c", "a\rb"])
def test_a_line_break_smuggles_nothing(value: str) -> None:
    with pytest.raises(ValueError, match="line break"):
        request_of("GET", "/", authority="bot.example", headers={"x": value}, body=b"")


async def flowing(pieces: list[bytes]) -> AsyncIterator[bytes]:
    """Yield the pieces of a body."""
    for piece in pieces:
        yield piece


@asynccontextmanager
async def taking(handle: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]) -> AsyncIterator[int]:
    """Answer the one connection that comes; yield the port."""
    over = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            await handle(reader, writer)
            while await reader.read(65_536):
                pass
        writer.transport.abort()
        over.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    await over.wait()
    server.close()


async def test_a_body_flows_as_fast_as_it_is_taken() -> None:
    pieces, came = [bytes([each]) * 200_000 for each in range(20)], bytearray()
    flow = Flow(4_000_000, flowing(pieces))
    head = request_of("POST", "/upload", authority="a.example", headers={}, body=flow)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert b"Content-Length: 4000000\r\n" in await reader.readuntil(b"\r\n\r\n")
        came.extend(await reader.readexactly(4_000_000))
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")

    async with taking(serve) as port:
        connection = await connect("127.0.0.1", port, tls=None)
        assert await connection.ask(head, most=100, flow=flow) == HttpAnswer(200, b"ok")
        assert connection.is_good
        connection.abort()
    assert bytes(came) == b"".join(pieces)


async def test_who_is_answered_before_the_body_is_whole_sends_no_more() -> None:
    flow = Flow(1 << 40, flowing([bytes(1_000_000)] * 100))
    head = request_of("POST", "/upload", authority="a.example", headers={}, body=flow)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Too Large\r\ncontent-length: 2\r\n\r\nno")

    async with taking(serve) as port:
        connection = await connect("127.0.0.1", port, tls=None)
        assert (await connection.ask(head, most=100, flow=flow)).status == 413
        assert not connection.is_good


async def test_a_good_answer_goes_into_something_and_another_is_read() -> None:
    for status, into, body in ((b"200 OK", b"yes", b""), (b"404 No", b"", b"yes")):
        came = bytearray()
        async with saying(b"HTTP/1.1 %s\r\ncontent-length: 3\r\n\r\nyes" % status, hangs_up=True) as ask:
            answer = await ask(came.extend)
        assert (bytes(came), answer.body) == (into, body)


async def test_what_cannot_be_taken_ends_the_request() -> None:
    def full(_piece: bytes) -> None:
        raise BufferError("full")

    async with saying(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nyes", hangs_up=False) as ask:
        with pytest.raises(BufferError):
            await ask(full)
