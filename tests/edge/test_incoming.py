"""What a client sends after the head of its request, fed by hand."""

import asyncio

import pytest

from amanat.edge.incoming import HELD_BYTES, ClientGone, Incoming


class Flow:
    def __init__(self) -> None:
        self.said: list[str] = []

    def hold_back(self) -> None:
        self.said.append("hold back")

    def go_on(self) -> None:
        self.said.append("go on")


def patience() -> float:
    return asyncio.get_running_loop().time() + 60


async def test_what_has_come_is_read_at_once() -> None:
    incoming = Incoming(flow := Flow())
    incoming.feed(b"one ")
    incoming.feed(b"two")
    incoming.end()
    assert (await incoming.read(patience()), incoming.whole, flow.said) == (b"one two", True, [])


async def test_a_reader_waits_for_the_next_piece_and_the_client_is_told_to_send_it() -> None:
    incoming = Incoming(flow := Flow())
    reading = asyncio.create_task(incoming.read(patience()))
    await asyncio.sleep(0)
    assert flow.said == ["go on"]
    incoming.feed(b"late")
    assert await reading == b"late"


async def test_the_end_is_read_as_nothing() -> None:
    incoming = Incoming(Flow())
    reading = asyncio.create_task(incoming.read(patience()))
    await asyncio.sleep(0)
    incoming.end()
    assert await reading == b""


async def test_a_reader_gives_up_at_its_deadline() -> None:
    with pytest.raises(TimeoutError):
        await Incoming(Flow()).read(asyncio.get_running_loop().time())


async def test_a_reader_hears_of_a_hang_up_but_gets_first_what_came_before() -> None:
    incoming = Incoming(Flow())
    incoming.feed(b"begun")
    incoming.lose()
    assert await incoming.read(patience()) == b"begun"
    with pytest.raises(ClientGone):
        await incoming.read(patience())


def test_a_client_that_is_read_too_slowly_must_wait() -> None:
    incoming = Incoming(flow := Flow())
    incoming.feed(bytes(HELD_BYTES))
    assert flow.said == []
    incoming.feed(b"x")
    assert flow.said == ["hold back"]


async def test_what_nobody_wants_is_dropped_as_it_comes() -> None:
    incoming = Incoming(flow := Flow())
    incoming.feed(bytes(HELD_BYTES + 1))
    incoming.drop()
    incoming.feed(bytes(HELD_BYTES + 1))
    assert flow.said == ["hold back", "go on"]
    incoming.end()
    assert await incoming.read(patience()) == b""


async def test_a_client_that_had_to_wait_may_go_on_with_its_next_request() -> None:
    incoming = Incoming(flow := Flow())
    incoming.feed(bytes(HELD_BYTES + 1))
    incoming.end()
    await incoming.read(patience())
    incoming.drop()
    assert flow.said == ["hold back", "go on"]


def test_a_hang_up_is_told_once() -> None:
    incoming, told = Incoming(Flow()), list[str]()
    incoming.watch(lambda: told.append("gone"))
    incoming.lose()
    incoming.lose()
    assert told == ["gone"]


def test_a_client_that_is_gone_already_is_told_at_once() -> None:
    incoming, told = Incoming(Flow()), list[str]()
    incoming.lose()
    incoming.watch(lambda: told.append("gone"))
    assert told == ["gone"]


def test_an_ended_watch_tells_nothing() -> None:
    incoming, told = Incoming(Flow()), list[str]()
    incoming.watch(lambda: told.append("gone"))
    incoming.watch(None)
    incoming.lose()
    assert told == []
