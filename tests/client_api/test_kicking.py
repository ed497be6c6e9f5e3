"""Removing people through the front door."""

from tests.client_api.rooms import act, at, content_of, membership
from tests.server import Server


async def test_whoever_is_kicked_is_out_and_may_come_back(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(preset="public_chat")
    await bob.join(room)
    assert (await act(alice, room, "kick", bob, reason="Too loud")).json == {}
    assert await content_of(alice, room, "m.room.member", bob.user_id) == {"membership": "leave", "reason": "Too loud"}
    await bob.join(room)
    assert await membership(alice, room, bob) == "join"


async def test_an_invitation_and_a_knock_are_taken_back_by_kicking(amanat: Server) -> None:
    alice, bob, carol = [await amanat.user(name) for name in ("alice", "bob", "carol")]
    rules = {"type": "m.room.join_rules", "content": {"join_rule": "knock"}}
    room = await alice.create_room(initial_state=[rules], invite=[bob.user_id])
    await carol.post(f"/knock/{room}")
    for person in (bob, carol):
        await act(alice, room, "kick", person)
        assert await membership(alice, room, person) == "leave"


async def test_nobody_is_kicked_who_is_not_there(amanat: Server) -> None:
    alice, bob, carol = [await amanat.user(name) for name in ("alice", "bob", "carol")]
    room = await alice.create_room(preset="public_chat")
    await act(alice, room, "ban", carol)
    assert [(await act(alice, room, "kick", person)).status for person in (bob, carol)] == [403, 403]
    assert await membership(alice, room, carol) == "ban"


async def test_kicking_takes_power_over_the_other(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(preset="public_chat")
    await bob.join(room)
    assert (await act(bob, room, "kick", alice)).status == 403
    assert (await alice.post(at(room, "kick"), {"user_id": "bob"})).status == 400
    assert (await alice.post(at(room, "kick"), {})).errcode == "M_BAD_JSON"
