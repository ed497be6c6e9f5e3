from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from amanat.db.database import Database, DatabaseAway
from amanat.db.query import Query, Row
from amanat.store.events import EVENTS_FORWARDS
from tests.db.engine import Faulty
from tests.handlers.push_fixtures import pushed, pushing_server, read, set_pusher, together
from tests.outbound.answering import Answering, answering
from tests.outbound.push.browser import Browser, who_asks
from tests.server import Server


class AwayOnce(Faulty):
    """A database that is away when it is asked one thing for the first time."""

    def __init__(self, inner: Database, what: Query[Any]) -> None:
        super().__init__(inner)
        self.was_away = False
        self._what = what

    async def all(self, query: Query[Row], parameters: Mapping[str, Any]) -> list[Row]:
        if query is self._what and not self.was_away:
            self.was_away = True
            raise DatabaseAway
        return await super().all(query, parameters)


@pytest.fixture
async def other() -> AsyncIterator[Answering]:
    """A push gateway, on this machine."""
    async with answering() as server:
        yield server


@pytest.fixture
async def server(tmp_path: Path, server_database: str | None) -> AsyncIterator[Server]:
    """A server that may push to this machine."""
    async with pushing_server(tmp_path, database=server_database) as server:
        yield server


async def test_who_has_a_pusher_is_told_of_a_message_and_its_sender_is_not(server: Server, other: Answering) -> None:
    room, (alice, bob, _carol) = await together(server, "alice", "bob", "carol")
    await set_pusher(alice, other, pushkey="alice's")
    await set_pusher(bob, other, pushkey="bob's")
    hello = await alice.send(room, "hello")

    (told,) = await pushed(server, other)
    assert told["devices"][0]["pushkey"] == "bob's"
    assert (told["event_id"], told["room_id"], told["counts"]) == (hello, room, {"unread": 1})


async def test_each_push_counts_what_is_unread_in_all_rooms(server: Server, other: Answering) -> None:
    room, (alice, bob) = await together(server, "alice", "bob")
    second = await alice.create_room(invite=[bob.user_id])
    await bob.join(second)
    await set_pusher(bob, other)
    counts = []
    for each in (room, room, second):
        await alice.send(each, "hello")
        counts += [told["counts"]["unread"] for told in await pushed(server, other)]
    assert counts == [1, 2, 3]


async def test_who_has_read_everything_is_told_so_once(server: Server, other: Answering) -> None:
    room, (alice, bob) = await together(server, "alice", "bob")
    await set_pusher(bob, other)
    first, second = await alice.send(room, "one"), await alice.send(room, "two")
    await pushed(server, other)
    await read(bob, room, first)
    assert await pushed(server, other) == []
    await read(bob, room, second)
    (told,) = await pushed(server, other)
    assert (told["counts"], "event_id" in told) == ({"unread": 0}, False)
    last = await alice.send(room, "three")
    await pushed(server, other)
    await bob.send(room, "an answer reads what came before it")
    assert [told["counts"] for told in await pushed(server, other)] == [{"unread": 0}]
    await read(bob, room, last)
    assert await pushed(server, other) == []


async def test_an_invitation_is_pushed_to_who_is_invited(server: Server, other: Answering) -> None:
    alice, bob = await server.user("alice"), await server.user("bob")
    await set_pusher(bob, other)
    room = await alice.create_room(invite=[bob.user_id])
    (told,) = await pushed(server, other)
    assert told["room_id"] == room


async def test_who_is_not_in_the_room_any_more_hears_nothing_of_it(server: Server, other: Answering) -> None:
    room, (alice, bob, carol) = await together(server, "alice", "bob", "carol")
    await set_pusher(bob, other, pushkey="bob's")
    await set_pusher(carol, other, pushkey="carol's")
    await alice.send(room, "one")
    await pushed(server, other)
    await bob.leave(room)
    await alice.send(room, "two")
    assert [told["devices"][0]["pushkey"] for told in await pushed(server, other)] == ["carol's"]


async def test_who_comes_later_is_told_of_what_comes_then(server: Server, other: Answering) -> None:
    room, (alice, bob) = await together(server, "alice", "bob")
    await set_pusher(bob, other, pushkey="bob's")
    await alice.send(room, "one")
    await pushed(server, other)
    carol = await server.user("carol")
    await set_pusher(carol, other, pushkey="carol's")
    await alice.invite(room, carol.user_id)
    await carol.join(room)
    await pushed(server, other)
    await alice.send(room, "two")
    assert {told["devices"][0]["pushkey"] for told in await pushed(server, other)} == {"bob's", "carol's"}


async def test_push_rules_decide(tmp_path: Path, other: Answering) -> None:
    async with pushing_server(tmp_path, gate=False) as server:
        room, (alice, bob) = await together(server, "alice", "bob")
        await set_pusher(bob, other)
        await bob.put(f"/pushrules/global/room/{room}", {"actions": []})
        await alice.send(room, "not heard")
        assert await pushed(server, other) == []
        mentions = {"m.mentions": {"user_ids": [bob.user_id]}}
        await alice.send(room, "heard", event_type="m.room.message", **mentions)
        (told,) = await pushed(server, other)
        assert (told["prio"], told["counts"]) == ("high", {"unread": 1})


async def test_the_ignored_are_not_heard(server: Server, other: Answering) -> None:
    room, (alice, bob) = await together(server, "alice", "bob")
    await set_pusher(bob, other)
    ignored: dict[str, object] = {"ignored_users": {alice.user_id: {}}}
    await bob.put(f"/user/{bob.user_id}/account_data/m.ignored_user_list", ignored)
    await alice.send(room, "not heard")
    assert await pushed(server, other) == []


async def test_what_has_been_read_by_then_is_not_pushed(tmp_path: Path, other: Answering) -> None:
    async with pushing_server(tmp_path) as server:
        room, (alice, bob) = await together(server, "alice", "bob")
        await set_pusher(bob, other)
        await server.amanat.pushing.close()
        hello = await alice.send(room, "hello")
        await read(bob, room, hello)
    async with pushing_server(tmp_path) as server:
        assert await pushed(server, other) == []


async def test_a_browser_is_pushed_to_without_a_gateway_of_others(server: Server, other: Answering) -> None:
    room, (alice, bob) = await together(server, "alice", "bob")
    browser = Browser(f"{other.url}/send/1")
    await set_pusher(bob, other, pushkey=browser.pushkey, **browser.data)
    hello = await alice.send(room, "hello")
    await server.amanat.pushing.settle()

    (asked,) = other.asked
    assert browser.opens(asked) == {"event_id": hello, "room_id": room, "unread": 1, "room_unread": 1}
    key = (await bob.get("/_amanat/v1/push/key")).json["key"]
    assert who_asks(asked, key=key)["sub"] == "https://localhost"

    # A browser must show something for each push: it is not told that there is nothing.
    await read(bob, room, hello)
    await server.amanat.pushing.settle()
    assert len(other.asked) == 1


async def test_no_push_says_what_was_said_or_by_whom(tmp_path: Path, other: Answering) -> None:
    async with pushing_server(tmp_path, gate=False) as server:
        alice, bob = await server.user("alice"), await server.user("bob")
        room = await alice.create_room(preset="public_chat", name="marker-room", topic="marker-topic")
        await bob.join(room)
        await set_pusher(bob, other, format="anything")
        await alice.put(f"/profile/{alice.user_id}/displayname", {"displayname": "marker-name"})
        await alice.send(room, "marker-text @bob", event_type="m.room.message")
        await alice.set_state(room, "m.room.name", {"name": "marker-again"})
        await server.amanat.pushing.settle()
        said = b"".join(asked.body for asked in other.asked)
        assert b"event_id" in said
        assert b"marker" not in said
        assert alice.user_id.encode() not in said


async def test_a_name_in_a_clear_room_is_noticed(tmp_path: Path, other: Answering) -> None:
    async with pushing_server(tmp_path, gate=False) as server:
        alice, bob = await server.user("alice"), await server.user("bob")
        room = await alice.create_room(preset="public_chat")
        await bob.put(f"/profile/{bob.user_id}/displayname", {"displayname": "Budi"})
        await bob.join(room)
        rule = {
            "conditions": [{"kind": "contains_display_name"}],
            "actions": ["notify", {"set_tweak": "highlight"}],
        }
        await bob.put("/pushrules/global/override/name", rule)
        await set_pusher(bob, other)
        await alice.send(room, "hello budi", event_type="m.room.message")
        assert [told["prio"] for told in await pushed(server, other)] == ["high"]


async def test_what_a_killed_server_did_not_push_is_pushed_by_the_next(tmp_path: Path, other: Answering) -> None:
    async with pushing_server(tmp_path) as server:
        room, (alice, bob) = await together(server, "alice", "bob")
        await set_pusher(bob, other)
        # As if the process were gone: nothing more is pushed, and how far it came is not written.
        await server.amanat.pushing.close()
        missed = await alice.send(room, "hello")
    async with pushing_server(tmp_path) as server:
        assert [told["event_id"] for told in await pushed(server, other)] == [missed]
    async with pushing_server(tmp_path) as server:
        assert await pushed(server, other) == []


async def test_what_the_database_wrote_and_could_not_tell_of_is_pushed(server: Server, other: Answering) -> None:
    room, (alice, bob) = await together(server, "alice", "bob")
    await set_pusher(bob, other)
    pushing, server.amanat.notifier.watcher = server.amanat.pushing, None
    untold = await alice.send(room, "hello")
    server.amanat.notifier.watcher = pushing
    assert await pushed(server, other) == []
    for told in server.amanat.store.recovered:
        told()
    assert [told["event_id"] for told in await pushed(server, other)] == [untold]


async def test_what_was_to_be_pushed_waits_for_the_database(server: Server, other: Answering) -> None:
    room, (alice, bob) = await together(server, "alice", "bob")
    await set_pusher(bob, other)
    await pushed(server, other)
    store = server.amanat.store
    store.database = away = AwayOnce(store.database, EVENTS_FORWARDS)
    hello = await alice.send(room, "hello")
    assert [told["event_id"] for told in await pushed(server, other)] == [hello]
    assert away.was_away


async def test_what_a_stop_cuts_off_is_pushed_again(tmp_path: Path, other: Answering) -> None:
    async with pushing_server(tmp_path) as server:
        room, (alice, bob) = await together(server, "alice", "bob")
        await set_pusher(bob, other)
        other.silent = True
        missed = await alice.send(room, "hello")
        await other.came.wait()
    other.silent = False
    other.asked.clear()
    async with pushing_server(tmp_path) as server:
        assert [told["event_id"] for told in await pushed(server, other)] == [missed]


async def test_what_is_older_than_a_stop_that_lasted_is_not_pushed(tmp_path: Path, other: Answering) -> None:
    async with pushing_server(tmp_path) as server:
        room, (alice, bob) = await together(server, "alice", "bob")
        await set_pusher(bob, other)
        await server.amanat.pushing.close()
        server.clock.pass_ms(-3_600_000)
        await alice.send(room, "hello")
    async with pushing_server(tmp_path) as server:
        assert await pushed(server, other) == []
