"""Spaces and what is in them, through the front door."""

from typing import Any
from urllib.parse import quote

from tests.server import Person, Reply, Server


async def space(owner: Person, *rooms: str, **more: Any) -> str:
    """Create a public space of these rooms."""
    made = await owner.create_room(preset="public_chat", creation_content={"type": "m.space"}, **more)
    for order, room in enumerate(rooms):
        await put_in(owner, made, room, order=f"{order:02}")
    return made


async def put_in(owner: Person, into: str, room: str, **more: Any) -> None:
    """Put a room into a space."""
    reply = await owner.set_state(into, "m.space.child", {"via": ["localhost"]} | more, state_key=room)
    assert reply.status == 200, reply.json


async def hierarchy(reader: Person, room: str, **query: Any) -> Reply:
    """Ask for a page of a space's tree."""
    return await reader.get(f"/_matrix/client/v1/rooms/{quote(room)}/hierarchy", **query)


def ids(reply: Reply) -> list[str]:
    """Return the rooms of a page."""
    assert reply.status == 200, reply.json
    return [room["room_id"] for room in reply.json["rooms"]]


async def test_a_space_is_walked_depth_first_in_its_own_order(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    deep, tea, coffee = [await alice.create_room(preset="public_chat") for _ in range(3)]
    inner = await space(alice, deep, name="Inner")
    outer = await space(alice, inner, tea, coffee)
    reply = await hierarchy(bob, outer)
    assert ids(reply) == [outer, inner, deep, tea, coffee]
    first = reply.json["rooms"][0]
    assert first["room_type"] == "m.space"
    assert [child["state_key"] for child in first["children_state"]] == [inner, tea, coffee]
    assert set(first["children_state"][0]) == {"type", "state_key", "sender", "content", "origin_server_ts"}
    assert reply.json["rooms"][-1]["children_state"] == []


async def test_pages_join_up(amanat: Server) -> None:
    alice = await amanat.user("alice")
    rooms = [await alice.create_room(preset="public_chat") for _ in range(4)]
    outer = await space(alice, *rooms)
    first = await hierarchy(alice, outer, limit=2)
    second = await hierarchy(alice, outer, limit=3, **{"from": first.json["next_batch"]})
    assert ids(first) + ids(second) == [outer, *rooms]
    assert "next_batch" not in second.json


async def test_depth_and_suggestions_bound_the_walk(amanat: Server) -> None:
    alice = await amanat.user("alice")
    deep, tea = [await alice.create_room(preset="public_chat") for _ in range(2)]
    inner = await space(alice, deep)
    outer = await space(alice, inner, tea)
    await put_in(alice, outer, tea, suggested=True)
    assert ids(await hierarchy(alice, outer, max_depth=0)) == [outer]
    assert ids(await hierarchy(alice, outer, max_depth=1)) == [outer, inner, tea]
    assert ids(await hierarchy(alice, outer, suggested_only=True)) == [outer, tea]


async def test_spaces_within_each_other_are_met_once(amanat: Server) -> None:
    alice = await amanat.user("alice")
    inner = await space(alice)
    outer = await space(alice, inner)
    await put_in(alice, inner, outer)
    assert ids(await hierarchy(alice, outer)) == [outer, inner]


async def test_rooms_that_the_reader_may_not_know_of_are_left_out(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    secret, gone = await alice.create_room(), await alice.create_room(preset="public_chat")
    outer = await space(alice, secret, gone)
    await alice.set_state(outer, "m.space.child", {}, state_key=gone)
    assert ids(await hierarchy(bob, outer)) == [outer]
    assert ids(await hierarchy(alice, outer)) == [outer, secret]
    assert (await hierarchy(bob, secret)).errcode == "M_FORBIDDEN"


async def test_a_token_of_another_walk_is_refused(amanat: Server) -> None:
    alice = await amanat.user("alice")
    outer = await space(alice, await alice.create_room(preset="public_chat"))
    token = (await hierarchy(alice, outer, limit=1)).json["next_batch"]
    for query in ({"from": token, "max_depth": 1}, {"from": token, "suggested_only": True}, {"from": "x"}):
        refused = await hierarchy(alice, outer, **query)
        assert (refused.status, refused.errcode) == (400, "M_INVALID_PARAM")
