from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.app import Mode
from amanat.handlers.push_deliveries import FIRST_RETRY_MS, PER_HOST, RETRIED_MS
from tests.handlers.push_fixtures import pushed, pushing_server, read, set_pusher, together
from tests.outbound.answering import Answering, answering
from tests.outbound.push.browser import Browser
from tests.server import Person, Server, start


@pytest.fixture
async def other() -> AsyncIterator[Answering]:
    """A push gateway, on this machine."""
    async with answering() as server:
        yield server


@pytest.fixture
async def server(tmp_path: Path, server_database: str | None) -> AsyncIterator[Server]:
    """A server that may push to this machine."""
    async with pushing_server(tmp_path, database=server_database) as server:
        server.amanat.pushing.deliveries.chance = lambda: 1.0
        yield server


async def pushers(person: Person) -> list[str]:
    """Return the keys of somebody's pushers."""
    return [each["pushkey"] for each in (await person.get("/pushers")).json["pushers"]]


async def retried(server: Server, other: Answering) -> list[str]:
    """Let what is due be tried again, and return the events that were pushed."""
    await server.amanat.pushing.settle()
    other.asked.clear()
    server.amanat.pushing.deliveries.retry_due()
    return [told["event_id"] for told in await pushed(server, other)]


async def test_a_pushkey_that_its_gateway_rejects_is_forgotten(server: Server, other: Answering) -> None:
    room, (alice, bob) = await together(server, "alice", "bob")
    await set_pusher(bob, other, pushkey="old")
    await set_pusher(bob, other, pushkey="new")
    other.body = b'{"rejected":["old"]}'
    await alice.send(room, "hello")
    await pushed(server, other)
    assert await pushers(bob) == ["new"]


@pytest.mark.parametrize("status", [404, 410])
async def test_a_subscription_that_has_ended_is_forgotten(server: Server, other: Answering, status: int) -> None:
    room, (alice, bob) = await together(server, "alice", "bob")
    browser = Browser(f"{other.url}/send/1")
    await set_pusher(bob, other, pushkey=browser.pushkey, **browser.data)
    other.status = status
    await alice.send(room, "hello")
    await server.amanat.pushing.settle()
    assert await pushers(bob) == []


async def test_what_did_not_go_through_is_tried_again_ever_more_seldom(server: Server, other: Answering) -> None:
    room, (alice, bob) = await together(server, "alice", "bob")
    await set_pusher(bob, other)
    other.status = 503
    hello = await alice.send(room, "hello")
    assert await retried(server, other) == []
    server.clock.pass_ms(FIRST_RETRY_MS)
    assert await retried(server, other) == [hello]
    server.clock.pass_ms(FIRST_RETRY_MS)
    assert await retried(server, other) == []
    server.clock.pass_ms(FIRST_RETRY_MS)
    other.status = 200
    assert await retried(server, other) == [hello]
    server.clock.pass_ms(RETRIED_MS)
    assert await retried(server, other) == []


async def test_up_to_a_half_of_each_pause_is_left_to_chance(server: Server, other: Answering) -> None:
    room, (alice, bob) = await together(server, "alice", "bob")
    await set_pusher(bob, other)
    other.status = 503
    server.amanat.pushing.deliveries.chance = lambda: 0.0
    hello = await alice.send(room, "hello")
    await server.amanat.pushing.settle()
    server.clock.pass_ms(FIRST_RETRY_MS // 3)
    assert await retried(server, other) == []
    server.clock.pass_ms(FIRST_RETRY_MS // 2 - FIRST_RETRY_MS // 3)
    assert await retried(server, other) == [hello]


async def test_a_gateway_that_wants_to_be_left_alone_is(server: Server, other: Answering) -> None:
    room, (alice, bob) = await together(server, "alice", "bob")
    await set_pusher(bob, other)
    other.status, other.headers = 429, "retry-after: 600\r\n"
    hello = await alice.send(room, "hello")
    await pushed(server, other)
    server.clock.pass_ms(590_000)
    assert await retried(server, other) == []
    server.clock.pass_ms(10_000)
    assert await retried(server, other) == [hello]


async def test_while_a_gateway_fails_its_newest_push_stands_for_all(server: Server, other: Answering) -> None:
    room, (alice, bob) = await together(server, "alice", "bob")
    await set_pusher(bob, other)
    other.status = 503
    await alice.send(room, "one")
    await pushed(server, other)
    newest = await alice.send(room, "two")
    assert await pushed(server, other) == []
    other.status = 200
    server.clock.pass_ms(FIRST_RETRY_MS)
    assert await retried(server, other) == [newest]


async def test_what_failed_is_tried_again_after_a_restart(tmp_path: Path, other: Answering) -> None:
    async with pushing_server(tmp_path) as server:
        room, (alice, bob) = await together(server, "alice", "bob")
        await set_pusher(bob, other)
        other.status = 503
        hello = await alice.send(room, "hello")
        await pushed(server, other)
    other.status = 200
    async with pushing_server(tmp_path) as server:
        assert await pushed(server, other) == []
        server.clock.pass_ms(FIRST_RETRY_MS + 1000)
        assert await retried(server, other) == [hello]


async def test_what_was_read_meanwhile_is_not_tried_again(server: Server, other: Answering) -> None:
    room, (alice, bob) = await together(server, "alice", "bob")
    await set_pusher(bob, other)
    other.status = 503
    hello = await alice.send(room, "hello")
    await pushed(server, other)
    await read(bob, room, hello)
    server.clock.pass_ms(FIRST_RETRY_MS)
    assert await retried(server, other) == []


async def test_a_pusher_that_was_deleted_is_not_tried_again(server: Server, other: Answering) -> None:
    room, (alice, bob) = await together(server, "alice", "bob")
    await set_pusher(bob, other)
    other.status = 503
    await alice.send(room, "hello")
    await pushed(server, other)
    await bob.post("/pushers/set", {"kind": None, "app_id": "org.example.app", "pushkey": "key"})
    server.clock.pass_ms(FIRST_RETRY_MS)
    assert await retried(server, other) == []


async def test_what_has_not_gone_through_for_a_day_is_given_up(server: Server, other: Answering) -> None:
    room, (alice, bob) = await together(server, "alice", "bob")
    await set_pusher(bob, other)
    other.status = 503
    hello = await alice.send(room, "hello")
    await pushed(server, other)
    server.clock.pass_ms(RETRIED_MS + 1)
    assert await retried(server, other) == [hello]
    server.clock.pass_ms(RETRIED_MS)
    assert await retried(server, other) == []
    assert await pushers(bob) == ["key"]


async def test_a_gateway_that_does_not_answer_keeps_nobody_else_waiting(server: Server, other: Answering) -> None:
    room, (alice, bob) = await together(server, "alice", "bob")
    for number in range(PER_HOST + 4):
        await set_pusher(bob, other, pushkey=f"slow {number}")
    other.silent = True
    async with answering() as quick:
        await set_pusher(bob, quick, pushkey="quick")
        await alice.send(room, "hello")
        await quick.came.wait()
        assert len(other.asked) <= PER_HOST


async def test_an_operators_own_network_is_not_pushed_to_by_people(tmp_path: Path, other: Answering) -> None:
    serving = await start(tmp_path, mode=Mode.SERVE, outbound_private_networks=("127.0.0.0/8",))
    bob = await serving.newcomer("bob")
    body = {"app_id": "a", "pushkey": "k", "kind": "http", "app_display_name": "A", "device_display_name": "B"}
    plain = {"lang": "id", "data": {"url": f"{other.url}/_matrix/push/v1/notify"}}
    assert (await bob.post("/pushers/set", body | plain)).errcode == "M_INVALID_PARAM"
    await serving.amanat.close()
