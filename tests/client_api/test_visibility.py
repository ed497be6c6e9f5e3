"""What of a room's past somebody may see: what held when it was said decides."""

from typing import Any

import pytest

from tests.client_api.chats import TEXT, at, bodies, event
from tests.server import Person, Server


async def seen(reader: Person, room_id: str) -> list[str]:
    """Return the texts that somebody is shown, oldest first."""
    reply = await reader.get(at(room_id, "messages"), dir="f", limit=100)
    assert reply.status == 200, reply.json
    return bodies(reply.json["chunk"])


async def history(server: Server, visibility: str, **room: Any) -> tuple[Person, Person, str]:
    """A room where something was said before Bob was invited, once he was, and once he had joined."""
    alice, bob = await server.user("alice"), await server.user("bob")
    state = [{"type": "m.room.history_visibility", "content": {"history_visibility": visibility}}]
    room_id = await alice.create_room(initial_state=state, **room)
    await alice.send(room_id, "before", event_type=TEXT)
    await alice.invite(room_id, bob.user_id)
    await alice.send(room_id, "invited", event_type=TEXT)
    await bob.join(room_id)
    await alice.send(room_id, "joined", event_type=TEXT)
    return alice, bob, room_id


@pytest.mark.parametrize(
    ("visibility", "shown"),
    [
        ("shared", ["before", "invited", "joined"]),
        ("invited", ["invited", "joined"]),
        ("joined", ["joined"]),
    ],
)
async def test_who_joins_sees_as_far_back_as_the_room_says(
    open_amanat: Server, visibility: str, shown: list[str]
) -> None:
    _, bob, room = await history(open_amanat, visibility)

    assert await seen(bob, room) == shown


async def test_a_setting_does_not_reach_back(open_amanat: Server) -> None:
    alice, bob, room = await history(open_amanat, "joined")
    await alice.set_state(room, "m.room.history_visibility", {"history_visibility": "shared"})
    await alice.send(room, "after", event_type=TEXT)

    assert await seen(bob, room) == ["joined", "after"]


@pytest.mark.parametrize("visibility", ["shared", "invited", "joined"])
async def test_who_left_sees_nothing_later(open_amanat: Server, visibility: str) -> None:
    alice, bob, room = await history(open_amanat, visibility)
    await bob.leave(room)
    later = await alice.send(room, "later", event_type=TEXT)

    assert "later" not in await seen(bob, room)
    assert (await bob.get(at(room, f"event/{later}"))).status == 404


async def test_a_stranger_reads_a_world_readable_room_and_no_other(open_amanat: Server) -> None:
    _, _, room = await history(open_amanat, "world_readable", preset="public_chat")
    eve = await open_amanat.user("eve")
    assert await seen(eve, room) == ["before", "invited", "joined"]
    closed = await (await open_amanat.user("carol")).create_room()

    assert (await eve.get(at(closed, "messages"), dir="b")).errcode == "M_FORBIDDEN"


async def test_everybody_sees_their_own_memberships(open_amanat: Server) -> None:
    alice, bob, room = await history(open_amanat, "joined")
    members = (await alice.get(at(room, "members"))).json["chunk"]
    (joined,) = [each for each in members if each["state_key"] == bob.user_id]
    invited = (await event(alice, room, joined["event_id"]))["unsigned"]["replaces_state"]

    assert (await event(bob, room, invited))["content"]["membership"] == "invite"
