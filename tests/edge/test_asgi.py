"""Waiting without a task: for a message by a deadline, and for a hang-up while a poll is parked."""

import asyncio

import pytest

from amanat.edge.asgi import HangUp, Message, receive_by


class Wire:
    """A connection as a server keeps it: an event, and what has arrived."""

    def __init__(self) -> None:
        self._arrived: asyncio.Queue[Message] = asyncio.Queue()
        self.waiting = 0

    def carry(self, kind: str, body: bytes = b"") -> None:
        self._arrived.put_nowait({"type": kind, "body": body})

    async def receive(self) -> Message:
        self.waiting += 1
        try:
            return await self._arrived.get()
        finally:
            self.waiting -= 1


async def turns() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_hang_up_is_told_once() -> None:
    wire, told = Wire(), list[str]()
    watch = HangUp(wire.receive, lambda: told.append("gone"))
    await turns()
    assert told == []
    wire.carry("http.disconnect")
    await turns()
    watch.close()
    assert told == ["gone"]


async def test_a_client_that_is_gone_already_is_told_at_once() -> None:
    wire, told = Wire(), list[str]()
    wire.carry("http.disconnect")
    HangUp(wire.receive, lambda: told.append("gone"))
    assert told == ["gone"]


async def test_what_comes_before_the_hang_up_is_dropped() -> None:
    wire, told = Wire(), list[str]()
    wire.carry("http.request", b"rest")
    HangUp(wire.receive, lambda: told.append("gone"))
    wire.carry("http.request", b"more")
    wire.carry("http.disconnect")
    await turns()
    assert told == ["gone"]


async def test_a_closed_watch_tells_nothing_and_waits_for_nothing() -> None:
    wire, told = Wire(), list[str]()
    watch = HangUp(wire.receive, lambda: told.append("gone"))
    assert wire.waiting == 1
    watch.close()
    wire.carry("http.disconnect")
    await turns()
    assert (told, wire.waiting) == ([], 0)


async def test_a_watch_makes_no_task() -> None:
    wire = Wire()
    before = asyncio.all_tasks()
    watch = HangUp(wire.receive, lambda: None)
    await turns()
    assert asyncio.all_tasks() == before
    watch.close()


async def test_a_server_that_yields_to_the_loop_is_followed() -> None:
    told = list[str]()

    async def receive() -> Message:
        await asyncio.sleep(0)
        return {"type": "http.disconnect"}

    HangUp(receive, lambda: told.append("gone"))
    await turns()
    assert told == ["gone"]


async def test_what_has_arrived_is_received_whatever_the_deadline() -> None:
    wire = Wire()
    wire.carry("http.request", b"here")
    assert (await receive_by(wire.receive, 0.0))["body"] == b"here"


async def test_what_comes_before_the_deadline_is_received() -> None:
    wire, loop = Wire(), asyncio.get_running_loop()
    loop.call_soon(wire.carry, "http.request", b"late")
    assert (await receive_by(wire.receive, loop.time() + 60))["body"] == b"late"


async def test_nothing_is_left_waiting_after_the_deadline() -> None:
    wire, loop = Wire(), asyncio.get_running_loop()
    with pytest.raises(TimeoutError):
        await receive_by(wire.receive, loop.time() + 0.01)
    assert wire.waiting == 0
