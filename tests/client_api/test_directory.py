"""Aliases, and whether a room is listed, through the front door."""

import pytest

from tests.client_api.rooms import at, content_of
from tests.server import Person, Reply, Server

TEA = "/directory/room/%23tea:localhost"


async def name(person: Person, room: str, path: str = TEA) -> Reply:
    """Let an alias point to a room."""
    return await person.put(path, {"room_id": room})


async def list_room(person: Person, room: str, visibility: str) -> Reply:
    """Put a room into the directory, or take it out."""
    return await person.put(f"/directory/list/room/{room}", {"visibility": visibility})


async def test_an_alias_finds_its_room(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room()
    assert (await name(alice, room)).json == {}
    assert (await bob.get(TEA)).json == {"room_id": room, "servers": ["localhost"]}
    assert (await alice.get(at(room, "aliases"))).json == {"aliases": ["#tea:localhost"]}


async def test_an_alias_points_to_one_room(amanat: Server) -> None:
    alice = await amanat.user("alice")
    await name(alice, await alice.create_room())
    refused = await name(alice, await alice.create_room())
    assert (refused.status, refused.errcode) == (409, "M_UNKNOWN")


async def test_only_members_name_a_room_and_list_its_aliases(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    for room in (await alice.create_room(), "!nowhere"):
        assert (await name(bob, room)).status == 403
        assert (await bob.get(at(room, "aliases"))).status == 403


@pytest.mark.parametrize("path", ["/directory/room/tea", "/directory/room/%23tea:elsewhere.org"])
async def test_what_is_no_alias_of_this_server_is_refused(amanat: Server, path: str) -> None:
    alice = await amanat.user("alice")
    refused = await name(alice, await alice.create_room(), path)
    assert (refused.status, refused.errcode) == (400, "M_INVALID_PARAM")


async def test_an_alias_is_deleted_by_its_maker_or_by_who_may_set_the_main_one(amanat: Server) -> None:
    alice, bob, carol = [await amanat.user(each) for each in ("alice", "bob", "carol")]
    room = await alice.create_room(preset="public_chat")
    for person in (bob, carol):
        await person.join(room)
    await name(bob, room)
    assert (await carol.delete(TEA)).status == 403
    assert (await bob.delete(TEA)).json == {}
    await name(bob, room)
    assert (await alice.delete(TEA)).json == {}
    assert (await alice.delete(TEA)).status == 404
    assert (await alice.get(TEA)).errcode == "M_NOT_FOUND"


async def test_a_deleted_alias_is_the_main_one_no_longer(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room(room_alias_name="tea")
    await name(alice, room, "/directory/room/%23chai:localhost")
    both = {"alias": "#tea:localhost", "alt_aliases": ["#chai:localhost"]}
    assert (await alice.set_state(room, "m.room.canonical_alias", both)).status == 200
    await alice.delete(TEA)
    assert await content_of(alice, room, "m.room.canonical_alias") == {"alt_aliases": ["#chai:localhost"]}


async def test_a_room_is_listed_by_who_may_set_its_main_alias(amanat: Server) -> None:
    alice, bob, eve = [await amanat.user(each) for each in ("alice", "bob", "eve")]
    room = await alice.create_room(preset="public_chat")
    await bob.join(room)
    assert [(await list_room(person, room, "public")).status for person in (bob, eve)] == [403, 403]
    assert (await list_room(alice, room, "public")).json == {}
    assert (await bob.get(f"/directory/list/room/{room}")).json == {"visibility": "public"}
    assert (await list_room(alice, room, "private")).json == {}
    assert (await bob.get(f"/directory/list/room/{room}")).json == {"visibility": "private"}


async def test_a_private_room_is_never_listed(amanat: Server) -> None:
    alice = await amanat.user("alice")
    refused = await list_room(alice, await alice.create_room(), "public")
    assert (refused.status, refused.errcode) == (403, "M_FORBIDDEN")


async def test_a_room_that_is_not_there_has_no_visibility(amanat: Server) -> None:
    alice = await amanat.user("alice")
    assert (await alice.get("/directory/list/room/!nowhere")).status == 404
    assert (await list_room(alice, "!nowhere", "public")).status == 404
    assert (await list_room(alice, "!nowhere", "hidden")).errcode == "M_BAD_JSON"
