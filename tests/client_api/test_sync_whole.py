"""A room that is new to a client: what it may see of its past, and the state that it needs."""

from typing import Any

import pytest

from tests.client_api.chats import TEXT, at, bodies
from tests.client_api.polls import part, told
from tests.server import Person, Server

LAZY = {"room": {"state": {"lazy_load_members": True}, "timeline": {"limit": 1}}}


def members(answered: Any, room_id: str) -> set[str]:
    """Return whose member events an answer tells of a room, in its state."""
    events = part(answered, room_id)["state"]["events"]
    return {event["state_key"] for event in events if event["type"] == "m.room.member"}


async def visible_room(server: Server, visibility: str) -> tuple[Person, Person, str]:
    """Return Alice, Bob and her room, to which she invites him between what she says first and second."""
    alice, bob = await server.user("alice"), await server.user("bob")
    content = {"history_visibility": visibility}
    state = [{"type": "m.room.history_visibility", "state_key": "", "content": content}]
    room = await alice.create_room(initial_state=state)
    await alice.send(room, "first", event_type=TEXT)
    await alice.invite(room, bob.user_id)
    await alice.send(room, "second", event_type=TEXT)
    return alice, bob, room


@pytest.mark.parametrize(
    ("visibility", "seen"),
    [
        ("joined", ["third"]),
        ("invited", ["second", "third"]),
        ("shared", ["first", "second", "third"]),
    ],
)
async def test_a_new_member_sees_of_the_past_what_the_room_shows(
    open_amanat: Server, visibility: str, seen: list[str]
) -> None:
    alice, bob, room = await visible_room(open_amanat, visibility)
    since = (await bob.sync())["next_batch"]
    await bob.join(room)
    await alice.send(room, "third", event_type=TEXT)
    for answered in (await bob.sync(since), await bob.sync()):
        found = part(answered, room)["timeline"]
        before = {"from": found["prev_batch"], "dir": "b", "limit": 50}
        past = (await bob.get(at(room, "messages"), **before)).json["chunk"]
        assert bodies(past[::-1] + found["events"]) == seen


async def test_who_comes_back_finds_what_they_have_not_seen_behind_the_gap(open_amanat: Server) -> None:
    alice, bob, room = await visible_room(open_amanat, "joined")
    await bob.join(room)
    await alice.send(room, "third", event_type=TEXT)
    since = (await bob.sync())["next_batch"]
    await alice.send(room, "fourth", event_type=TEXT)
    await bob.leave(room)
    await alice.send(room, "unheard", event_type=TEXT)
    await alice.invite(room, bob.user_id)
    await bob.join(room)
    await alice.send(room, "fifth", event_type=TEXT)
    found = part(await bob.sync(since), room)["timeline"]
    assert found["limited"] is True
    assert bodies(found["events"]) == ["fifth"]
    assert {event["unsigned"]["membership"] for event in found["events"]} == {"join", "invite"}
    before = {"from": found["prev_batch"], "to": since, "dir": "b"}
    assert bodies((await bob.get(at(room, "messages"), **before)).json["chunk"]) == ["fourth"]


async def test_state_set_out_of_sight_is_not_hidden_by_older_state(open_amanat: Server) -> None:
    alice, bob, room = await visible_room(open_amanat, "joined")
    await bob.join(room)
    since = (await bob.sync())["next_batch"]
    await alice.set_state(room, "m.room.topic", {"topic": "seen"})
    await bob.leave(room)
    await alice.set_state(room, "m.room.topic", {"topic": "unseen"})
    await alice.invite(room, bob.user_id)
    await bob.join(room)
    found = part(await bob.sync(since), room)
    told_in_order = [*found["state"]["events"], *found["timeline"]["events"]]
    topics = [event["content"]["topic"] for event in told_in_order if event["type"] == "m.room.topic"]
    assert topics == ["unseen"]


async def test_a_lazy_client_is_told_the_senders_and_itself(amanat: Server) -> None:
    people = [await amanat.user(name) for name in ("alice", "bob", "carl")]
    alice, bob, carl = people
    room = await alice.create_room(preset="public_chat")
    for person in (bob, carl):
        await person.join(room)
    await carl.send(room, "hello")
    answered = await bob.sync(filter=LAZY)
    assert members(answered, room) == {bob.user_id, carl.user_id}
    await alice.send(room, "hello")
    assert members(await bob.sync(answered["next_batch"], filter=LAZY), room) == {alice.user_id}


async def test_state_before_the_timeline_is_as_it_was_then(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room(topic="tea")
    await alice.set_state(room, "m.room.topic", {"topic": "coffee"})
    answered = part(await alice.sync(filter={"room": {"timeline": {"limit": 1}}}), room)
    topics = [event["content"]["topic"] for event in answered["state"]["events"] if event["type"] == "m.room.topic"]
    assert topics == ["tea"]
    after = part(await alice.sync(filter={"room": {"timeline": {"limit": 1}}}, use_state_after=True), room)
    topics = [event["content"]["topic"] for event in after["state_after"]["events"] if event["type"] == "m.room.topic"]
    assert topics == ["coffee"]


async def test_many_rooms_are_told_at_once(amanat: Server) -> None:
    alice = await amanat.user("alice")
    rooms = [await alice.create_room() for _ in range(55)]
    sent = {room: [await alice.send(room, room)] for room in rooms}
    answered = await alice.sync(filter={"room": {"timeline": {"limit": 1}}})
    assert {room: told(answered, room) for room in rooms} == sent


async def test_a_filter_names_the_rooms(amanat: Server) -> None:
    alice = await amanat.user("alice")
    home, work = await alice.create_room(), await alice.create_room()
    assert list((await alice.sync(filter={"room": {"rooms": [home]}}))["rooms"]["join"]) == [home]
    assert list((await alice.sync(filter={"room": {"not_rooms": [home]}}))["rooms"]["join"]) == [work]
