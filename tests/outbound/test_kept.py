"""Connections are kept for the next request, for a while and no more than so many; a request survives a closed one."""

import asyncio

import pytest

from amanat.outbound import kept as module
from amanat.outbound.connection import Unreachable, connect
from amanat.outbound.http import Connections, HttpClient
from amanat.outbound.kept import KeptConnections, Place
from tests.outbound.keeping import Keeping

HERE = ["127.0.0.0/8"]


@pytest.mark.parametrize(("keep_s", "connections"), [(60.0, 1), (0.0, 3)])
async def test_who_is_to_keep_connections_does(keeping: Keeping, keep_s: float, connections: int) -> None:
    client = HttpClient(private_networks=HERE, connections=Connections(keep_s=keep_s))
    for _ in range(3):
        assert (await client.ask("GET", keeping.url, headers={})).status == 200
    assert keeping.connections == connections
    await client.close()


async def test_a_request_whose_connection_was_closed_is_made_again(keeping: Keeping) -> None:
    keeping.hangs_up_on = 1
    client = HttpClient(private_networks=HERE, connections=Connections(keep_s=60))
    for _ in range(3):
        assert (await client.ask("GET", keeping.url, headers={})).status == 200
    assert keeping.connections == 3
    await client.close()


async def test_who_never_answers_is_asked_once_more_and_not_for_ever(keeping: Keeping) -> None:
    keeping.hangs_up_on = 0
    client = HttpClient(private_networks=HERE, connections=Connections(keep_s=60))
    with pytest.raises(Unreachable):
        await client.ask("GET", keeping.url, headers={})
    assert keeping.connections == 1
    await client.close()


async def test_nobody_is_kept_for_longer_than_wanted(keeping: Keeping) -> None:
    kept = KeptConnections(keep_s=0.01)
    kept.put(_place(keeping), await connect("127.0.0.1", keeping.port))
    assert len(kept) == 1
    async with asyncio.timeout(10):
        while len(kept):  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0)
    assert kept.take(_place(keeping)) is None


async def test_no_more_are_kept_than_wanted_and_none_that_is_old(
    keeping: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = KeptConnections(keep_s=60, most=1)
    first, second = await connect("127.0.0.1", keeping.port), await connect("127.0.0.1", keeping.port)
    kept.put(_place(keeping), first)
    kept.put(_place(keeping), second)
    assert (len(kept), first.is_good, second.is_good) == (1, True, False)
    assert kept.take(Place("https", "127.0.0.1", keeping.port)) is None, "by scheme, name and port"
    assert kept.take(_place(keeping)) is first
    monkeypatch.setattr(module, "OLDEST_S", -1.0)
    kept.put(_place(keeping), first)
    assert (len(kept), first.is_good) == (0, False)
    kept.close()


def _place(keeping: Keeping) -> Place:
    return Place("http", "127.0.0.1", keeping.port)
