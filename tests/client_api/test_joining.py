"""Joining rooms through the front door."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.client_api.rooms import act, at, content_of, membership, timeline
from tests.server import Person, Server


async def restricted(owner: Person, hall: str, *, rule: str = "restricted", **more: Any) -> str:
    """Create a room that lets in who is in another."""
    allow = [{"type": "m.room_membership", "room_id": hall}]
    rules = {"type": "m.room.join_rules", "content": {"join_rule": rule, "allow": allow}}
    return await owner.create_room(initial_state=[rules], **more)


async def test_anybody_joins_a_public_room_by_its_id_or_alias(amanat: Server) -> None:
    alice, bob, carol = [await amanat.user(name) for name in ("alice", "bob", "carol")]
    room = await alice.create_room(preset="public_chat", room_alias_name="tea")
    by_id = await bob.post(f"/join/{quote(room)}", {"reason": "I like tea"})
    by_alias = await carol.post(f"/join/{quote('#tea:localhost')}")
    assert by_id.json == by_alias.json == {"room_id": room}
    assert (await content_of(alice, room, "m.room.member", bob.user_id))["reason"] == "I like tea"


async def test_a_private_room_takes_only_who_is_invited(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room()
    refused = await bob.post(at(room, "join"))
    assert (refused.status, refused.errcode) == (403, "M_FORBIDDEN")
    await alice.invite(room, bob.user_id)
    await bob.join(room)
    assert await membership(alice, room, bob) == "join"


async def test_joining_twice_sends_nothing(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()
    before = await timeline(alice, room)
    assert (await alice.post(at(room, "join"))).json == {"room_id": room}
    assert len(await timeline(alice, room)) == len(before)


async def test_a_member_appears_as_their_profile_says(amanat: Server) -> None:
    alice = await amanat.user("alice")
    await alice.put(f"/profile/{quote(alice.user_id)}/displayname", {"displayname": "Alice"})
    member = await content_of(alice, await alice.create_room(), "m.room.member", alice.user_id)
    assert member == {"membership": "join", "displayname": "Alice"}


@pytest.mark.parametrize("target", ["!nowhere", "#nothing:localhost"])
async def test_a_room_that_is_not_there_cannot_be_joined(amanat: Server, target: str) -> None:
    alice = await amanat.user("alice")
    refused = await alice.post(f"/join/{quote(target)}")
    assert (refused.status, refused.errcode) == (404, "M_NOT_FOUND")


async def test_what_is_neither_id_nor_alias_is_refused(amanat: Server) -> None:
    alice = await amanat.user("alice")
    refused = await alice.post("/join/tea")
    assert (refused.status, refused.errcode) == (400, "M_INVALID_PARAM")


async def test_third_party_invitations_are_refused(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(preset="public_chat")
    refused = await bob.post(at(room, "join"), {"third_party_signed": {"token": "x"}})
    assert (refused.status, refused.errcode) == (403, "M_THREEPID_DENIED")


async def test_whoever_is_banned_stays_out(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(preset="public_chat")
    await act(alice, room, "ban", bob)
    assert (await bob.post(at(room, "join"))).status == 403


@pytest.mark.parametrize("version", ["10", "11", "12"])
async def test_a_restricted_room_takes_members_of_the_room_it_names(amanat: Server, version: str) -> None:
    alice, bob, eve = [await amanat.user(name) for name in ("alice", "bob", "eve")]
    hall = await alice.create_room(preset="public_chat")
    room = await restricted(alice, hall, room_version=version)
    await bob.join(hall)
    await bob.join(room)
    member = await content_of(alice, room, "m.room.member", bob.user_id)
    assert member["join_authorised_via_users_server"] == alice.user_id
    assert (await eve.post(at(room, "join"))).status == 403


async def test_anybody_who_may_invite_vouches_for_a_join(amanat: Server) -> None:
    alice, bob, carol = [await amanat.user(name) for name in ("alice", "bob", "carol")]
    hall = await alice.create_room(preset="public_chat")
    room = await restricted(alice, hall, invite=[bob.user_id])
    await bob.join(room)
    await alice.leave(room)
    await carol.join(hall)
    await carol.join(room)
    member = await content_of(bob, room, "m.room.member", carol.user_id)
    assert member["join_authorised_via_users_server"] == bob.user_id


async def test_nobody_joins_a_restricted_room_where_nobody_may_invite(amanat: Server) -> None:
    alice, bob, carol = [await amanat.user(name) for name in ("alice", "bob", "carol")]
    hall = await alice.create_room(preset="public_chat")
    room = await restricted(alice, hall, invite=[bob.user_id], power_level_content_override={"invite": 50})
    await bob.join(room)
    await alice.leave(room)
    await carol.join(hall)
    refused = await carol.post(at(room, "join"))
    assert (refused.status, refused.errcode) == (400, "M_UNABLE_TO_GRANT_JOIN")


async def test_an_invitation_needs_nobody_to_vouch(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await restricted(alice, await alice.create_room(), invite=[bob.user_id])
    await bob.join(room)
    assert await content_of(alice, room, "m.room.member", bob.user_id) == {"membership": "join"}
