"""One connection: how an answer ends, and what is no answer."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from amanat.outbound.connection import HttpAnswer, Unreachable, connect, request_of

RAW = request_of("POST", "/hook", authority="bot.example", headers={}, body=b"{}")


@asynccontextmanager
async def saying(answer: bytes, *, hangs_up: bool) -> AsyncIterator[Callable[[], "asyncio.Future[HttpAnswer]"]]:
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
    yield lambda: asyncio.ensure_future(connection.ask(RAW, most=100))
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
