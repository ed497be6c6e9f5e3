"""Connections are kept for the next request, for a while and no more than so many; a request survives a closed one."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from amanat.outbound import kept as module
from amanat.outbound.connection import Unreachable, connect
from amanat.outbound.http import Connections, HttpClient
from amanat.outbound.kept import KeptConnections, Place

HERE = ["127.0.0.0/8"]


class Hooks:
    """A server of webhooks, which answers `answers` requests on each connection and then hangs up on the next."""

    def __init__(self) -> None:
        self.connections = 0
        self.answers = 1_000
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def place(self) -> Place:
        return Place("http", "127.0.0.1", self.port)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            for _ in range(self.answers):
                await reader.readuntil(b"\r\n\r\n")
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
            await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()


@pytest.fixture
async def hooks() -> AsyncIterator[Hooks]:
    hooks = Hooks()
    server = await asyncio.start_server(hooks.serve, "127.0.0.1", 0)
    hooks.port = server.sockets[0].getsockname()[1]
    yield hooks
    server.close()


@pytest.mark.parametrize(("keep_s", "connections"), [(60.0, 1), (0.0, 3)])
async def test_who_is_to_keep_connections_does(hooks: Hooks, keep_s: float, connections: int) -> None:
    client = HttpClient(private_networks=HERE, connections=Connections(keep_s=keep_s))
    for _ in range(3):
        assert (await client.ask("GET", hooks.url, headers={})).status == 200
    assert hooks.connections == connections
    await client.close()


async def test_a_request_whose_connection_was_closed_is_made_again(hooks: Hooks) -> None:
    hooks.answers = 1
    client = HttpClient(private_networks=HERE, connections=Connections(keep_s=60))
    for _ in range(3):
        assert (await client.ask("GET", hooks.url, headers={})).status == 200
    assert hooks.connections == 3
    await client.close()


async def test_who_never_answers_is_asked_once_more_and_not_for_ever(hooks: Hooks) -> None:
    hooks.answers = 0
    client = HttpClient(private_networks=HERE, connections=Connections(keep_s=60))
    with pytest.raises(Unreachable):
        await client.ask("GET", hooks.url, headers={})
    assert hooks.connections == 1
    await client.close()


async def test_nobody_is_kept_for_longer_than_wanted(hooks: Hooks) -> None:
    kept = KeptConnections(keep_s=0.01)
    kept.put(hooks.place, await connect("127.0.0.1", hooks.port))
    assert len(kept) == 1
    async with asyncio.timeout(10):
        while len(kept):  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0)
    assert kept.take(hooks.place) is None


async def test_no_more_are_kept_than_wanted_and_none_that_is_old(hooks: Hooks, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = KeptConnections(keep_s=60, most=1)
    first, second = await connect("127.0.0.1", hooks.port), await connect("127.0.0.1", hooks.port)
    kept.put(hooks.place, first)
    kept.put(hooks.place, second)
    assert (len(kept), first.is_good, second.is_good) == (1, True, False)
    assert kept.take(Place("https", "127.0.0.1", hooks.port)) is None, "by scheme, name and port"
    assert kept.take(hooks.place) is first
    monkeypatch.setattr(module, "OLDEST_S", -1.0)
    kept.put(hooks.place, first)
    assert (len(kept), first.is_good) == (0, False)
    kept.close()
