"""Banning people, and lifting bans, through the front door."""

from tests.client_api.rooms import act, at, content_of, membership, timeline
from tests.server import Server


async def test_whoever_is_banned_is_out_until_the_ban_is_lifted(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(preset="public_chat")
    await bob.join(room)
    assert (await act(alice, room, "ban", bob, reason="Spam")).json == {}
    assert await content_of(alice, room, "m.room.member", bob.user_id) == {"membership": "ban", "reason": "Spam"}
    assert (await bob.post(at(room, "join"))).status == 403
    assert (await act(alice, room, "unban", bob)).json == {}
    await bob.join(room)
    assert await membership(alice, room, bob) == "join"


async def test_somebody_is_banned_before_they_come(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(preset="public_chat")
    await act(alice, room, "ban", bob)
    before = await timeline(alice, room)
    await act(alice, room, "ban", bob)
    assert len(await timeline(alice, room)) == len(before)


async def test_a_ban_that_is_not_there_cannot_be_lifted(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(preset="public_chat")
    await bob.join(room)
    assert (await act(alice, room, "unban", bob)).status == 403
    assert await membership(alice, room, bob) == "join"


async def test_banning_takes_power_over_the_other(amanat: Server) -> None:
    alice, bob, eve = [await amanat.user(name) for name in ("alice", "bob", "eve")]
    room = await alice.create_room(preset="public_chat")
    await bob.join(room)
    assert [(await act(who, room, "ban", alice)).status for who in (bob, eve)] == [403, 403]
