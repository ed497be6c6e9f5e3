"""Knocking on rooms through the front door."""

from urllib.parse import quote

from tests.client_api.rooms import at, content_of, membership
from tests.server import Person, Server


async def knockable(owner: Person) -> str:
    """Create a room that takes knocks."""
    rules = {"type": "m.room.join_rules", "content": {"join_rule": "knock"}}
    return await owner.create_room(initial_state=[rules], name="Tea")


async def test_a_knock_is_answered_by_an_invitation(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await knockable(alice)
    knocked = await bob.post(f"/knock/{quote(room)}", {"reason": "It is me"})
    assert knocked.json == {"room_id": room}
    assert await content_of(alice, room, "m.room.member", bob.user_id) == {"membership": "knock", "reason": "It is me"}
    shown = (await bob.sync())["rooms"]["knock"][room]["knock_state"]["events"]
    assert {"m.room.create", "m.room.name"} <= {event["type"] for event in shown}
    await alice.invite(room, bob.user_id)
    await bob.join(room)
    assert await membership(alice, room, bob) == "join"


async def test_a_knock_is_taken_back_by_leaving(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await knockable(alice)
    await bob.post(f"/knock/{quote(room)}")
    await bob.leave(room)
    assert await membership(alice, room, bob) == "leave"


async def test_a_room_that_takes_no_knocks_refuses_them(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    refused = await bob.post(f"/knock/{quote(await alice.create_room())}")
    assert (refused.status, refused.errcode) == (403, "M_FORBIDDEN")
    assert (await bob.post("/knock/!nowhere")).status == 404


async def test_a_knock_alone_lets_nobody_in(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await knockable(alice)
    await bob.post(f"/knock/{quote(room)}")
    assert (await bob.post(at(room, "join"))).status == 403
