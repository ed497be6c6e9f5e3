"""The public directory through the front door."""

from typing import Any

import pytest

from tests.server import Person, Server


async def listed(owner: Person, name: str, **more: Any) -> str:
    """Create a room that stands in the directory."""
    return await owner.create_room(preset="public_chat", visibility="public", name=name, **more)


async def names(reader: Person, body: dict[str, Any]) -> list[str]:
    """Search the directory."""
    reply = await reader.post("/publicRooms", body)
    assert reply.status == 200, reply.json
    return [room["name"] for room in reply.json["chunk"]]


async def test_a_listed_room_is_told_as_the_directory_shows_it(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await listed(alice, "Tea", topic="About tea", room_alias_name="tea")
    await alice.create_room(preset="public_chat", name="Not listed")
    reply = await bob.get("/publicRooms")
    assert reply.json == {
        "chunk": [
            {
                "room_id": room,
                "name": "Tea",
                "topic": "About tea",
                "canonical_alias": "#tea:localhost",
                "num_joined_members": 1,
                "world_readable": False,
                "guest_can_join": False,
                "join_rule": "public",
            }
        ],
        "total_room_count_estimate": 1,
    }


async def test_pages_join_up_in_both_directions_the_largest_room_first(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    rooms = [await listed(alice, f"Room {number}") for number in range(5)]
    await bob.join(rooms[3])
    seen, pages, since = [], [], None
    while True:
        page = (await alice.get("/publicRooms", limit=2, **({"since": since} if since else {}))).json
        pages.append([room["room_id"] for room in page["chunk"]])
        seen += pages[-1]
        if "next_batch" not in page:
            break
        since = page["next_batch"]
    assert seen[0] == rooms[3]
    assert sorted(seen) == sorted(rooms)
    back = (await alice.get("/publicRooms", limit=2, since=page["prev_batch"])).json
    assert [room["room_id"] for room in back["chunk"]] == pages[1]
    first = (await alice.get("/publicRooms", limit=2, since=back["prev_batch"])).json
    assert [room["room_id"] for room in first["chunk"]] == pages[0]
    assert "prev_batch" not in first


async def test_rooms_are_found_by_name_topic_or_alias(amanat: Server) -> None:
    alice = await amanat.user("alice")
    await listed(alice, "Tea")
    await listed(alice, "Drinks", topic="TEA and more")
    await listed(alice, "Pot", room_alias_name="teapot")
    await listed(alice, "Coffee")
    assert sorted(await names(alice, {"filter": {"generic_search_term": "tea"}})) == ["Drinks", "Pot", "Tea"]


async def test_rooms_are_found_by_type(amanat: Server) -> None:
    alice = await amanat.user("alice")
    await listed(alice, "Space", creation_content={"type": "m.space"})
    await listed(alice, "Room")
    assert await names(alice, {"filter": {"room_types": ["m.space"]}}) == ["Space"]
    assert await names(alice, {"filter": {"room_types": [None]}}) == ["Room"]
    assert len(await names(alice, {"limit": 0})) == 2
    assert await names(alice, {"third_party_instance_id": "irc"}) == []


async def test_a_room_that_is_upgraded_or_taken_out_is_listed_no_longer(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await listed(alice, "Tea")
    await alice.put(f"/directory/list/room/{room}", {"visibility": "private"})
    assert await names(alice, {}) == []


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        ({"since": "nonsense"}, "M_INVALID_PARAM"),
        ({"limit": -1}, "M_INVALID_PARAM"),
        ({"limit": "many"}, "M_BAD_JSON"),
        ({"filter": {"room_types": "m.space"}}, "M_BAD_JSON"),
    ],
)
async def test_what_is_malformed_is_refused(amanat: Server, body: dict[str, Any], errcode: str) -> None:
    alice = await amanat.user("alice")
    refused = await alice.post("/publicRooms", body)
    assert (refused.status, refused.errcode) == (400, errcode)


async def test_other_servers_are_not_asked(amanat: Server) -> None:
    alice = await amanat.user("alice")
    assert (await alice.get("/publicRooms", server="elsewhere.org")).status == 403
    assert (await alice.get("/publicRooms", server="localhost")).status == 200
