"""Leaving rooms, and forgetting them, through the front door."""

from tests.client_api.rooms import act, at, content_of, membership, timeline
from tests.server import Server


async def test_whoever_leaves_is_out_and_may_say_why(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(invite=[bob.user_id])
    await bob.join(room)
    assert (await bob.post(at(room, "leave"), {"reason": "Good night"})).json == {}
    assert await content_of(alice, room, "m.room.member", bob.user_id) == {
        "membership": "leave",
        "reason": "Good night",
    }
    assert (await bob.get("/joined_rooms")).json == {"joined_rooms": []}


async def test_an_invitation_is_declined_by_leaving(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(invite=[bob.user_id])
    await bob.leave(room)
    assert await membership(alice, room, bob) == "leave"


async def test_leaving_twice_sends_nothing(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(invite=[bob.user_id])
    await bob.leave(room)
    before = await timeline(alice, room)
    await bob.leave(room)
    assert len(await timeline(alice, room)) == len(before)


async def test_nobody_leaves_where_they_never_were(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    for room in (await alice.create_room(), "!nowhere"):
        refused = await bob.post(at(room, "leave"))
        assert (refused.status, refused.errcode) == (403, "M_FORBIDDEN")


async def test_a_room_is_forgotten_once_it_is_left(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(invite=[bob.user_id])
    await bob.join(room)
    refused = await bob.post(at(room, "forget"))
    assert (refused.status, refused.errcode) == (400, "M_UNKNOWN")
    await bob.leave(room)
    left = {"room": {"include_leave": True}}
    assert room in (await bob.sync(filter=left))["rooms"]["leave"]
    assert (await bob.post(at(room, "forget"))).json == {}
    assert (await bob.post(at(room, "forget"))).json == {}
    assert room not in (await bob.sync(filter=left)).get("rooms", {}).get("leave", {})


async def test_a_forgotten_room_may_be_joined_again(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(preset="public_chat")
    await bob.join(room)
    await bob.leave(room)
    await bob.post(at(room, "forget"))
    await bob.join(room)
    assert room in (await bob.sync())["rooms"]["join"]


async def test_an_invitation_is_not_forgotten_before_it_is_declined(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(invite=[bob.user_id])
    assert (await bob.post(at(room, "forget"))).status == 400


async def test_whoever_is_banned_can_forget_but_not_leave(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(preset="public_chat")
    await act(alice, room, "ban", bob)
    assert (await bob.post(at(room, "leave"))).status == 403
    assert (await bob.post(at(room, "forget"))).status == 200
