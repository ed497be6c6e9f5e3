"""The load's client keeps one request in flight per connection and loses no answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bench.wire import Address, LoadError, ask, ask_all, request


@asynccontextmanager
async def echo(status: str = "200 OK", *, chunked: bool = False) -> AsyncIterator[Address]:
    """Serve the body of each request back."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0])
                body = await reader.readexactly(length)
                if chunked:
                    answer = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (length, body)
                else:
                    answer = b"Content-Length: %d\r\n\r\n%b" % (length, body)
                writer.write(f"HTTP/1.1 {status}\r\n".encode() + answer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[:2]


@pytest.mark.parametrize("chunked", [False, True])
async def test_answers_come_back_in_the_order_of_the_requests(chunked: bool) -> None:
    async with echo(chunked=chunked) as address:
        answers = await ask_all(address, [request("POST", "/", body=number) for number in range(100)], connections=7)
    assert [answer.json() for answer in answers] == list(range(100))


async def test_more_connections_than_requests_are_no_problem() -> None:
    async with echo() as address:
        assert await ask_all(address, [], connections=3) == []


async def test_a_refusal_ends_the_load_with_the_servers_words() -> None:
    async with echo("403 Forbidden") as address:
        with pytest.raises(LoadError, match=r"status 403: .*not you"):
            await ask(address, request("PUT", "/", body={"error": "not you"}))


async def test_a_server_that_hangs_up_ends_the_load() -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with server:
        with pytest.raises(LoadError, match="closed a connection"):
            await ask(server.sockets[0].getsockname()[:2], request("GET", "/"))


def test_a_request_carries_its_token_and_the_length_of_its_body() -> None:
    head, _, body = request("PUT", "/x", token="secret", body={"a": "é"}).partition(b"\r\n\r\n")
    assert body == b'{"a": "\\u00e9"}'
    assert head.split(b"\r\n")[0] == b"PUT /x HTTP/1.1"
    assert b"Authorization: Bearer secret" in head
    assert b"Content-Length: %d" % len(body) in head
