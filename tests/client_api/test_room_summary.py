"""Summaries of rooms through the front door."""

from urllib.parse import quote

import pytest

from tests.client_api.rooms import act
from tests.server import MEGOLM, Person, Reply, Server

PATHS = [
    "/_matrix/client/v1/room_summary/{}",
    "/_matrix/client/unstable/im.nheko.summary/summary/{}",
    "/_matrix/client/unstable/im.nheko.summary/rooms/{}/summary",
]


async def summary(reader: Person, room: str, path: str = PATHS[0]) -> Reply:
    """Ask for a room's summary."""
    return await reader.get(path.format(quote(room, safe="")))


@pytest.mark.parametrize("path", PATHS)
async def test_a_public_room_is_summarised_for_anybody(amanat: Server, path: str) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(preset="public_chat", name="Tea", room_alias_name="tea")
    assert (await summary(bob, "#tea:localhost", path)).json == {
        "room_id": room,
        "name": "Tea",
        "canonical_alias": "#tea:localhost",
        "num_joined_members": 1,
        "world_readable": False,
        "guest_can_join": False,
        "join_rule": "public",
        "room_version": "12",
    }


async def test_a_private_room_is_summarised_for_its_members_and_who_is_invited(amanat: Server) -> None:
    alice, bob, eve = [await amanat.user(name) for name in ("alice", "bob", "eve")]
    room = await alice.create_room(invite=[bob.user_id])
    invited, joined = await summary(bob, room), await summary(alice, room)
    assert (invited.json["membership"], joined.json["membership"]) == ("invite", "join")
    assert joined.json["encryption"] == MEGOLM
    assert (await summary(eve, room)).errcode == "M_NOT_FOUND"


async def test_a_restricted_room_is_summarised_for_who_may_join(amanat: Server) -> None:
    alice, bob, eve = [await amanat.user(name) for name in ("alice", "bob", "eve")]
    hall = await alice.create_room(preset="public_chat")
    allow = [{"type": "m.room_membership", "room_id": hall}]
    rules = {"type": "m.room.join_rules", "content": {"join_rule": "restricted", "allow": allow}}
    room = await alice.create_room(initial_state=[rules])
    await bob.join(hall)
    assert (await summary(bob, room)).json["allowed_room_ids"] == [hall]
    assert (await summary(eve, room)).status == 404


async def test_whoever_is_banned_is_told_nothing(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(preset="public_chat")
    await act(alice, room, "ban", bob)
    assert (await summary(bob, room)).status == 404
    assert (await summary(bob, "!nowhere")).status == 404
