"""Memberships that are set as state, and leaving everything at once."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.client_api.rooms import act, content_of, membership, timeline
from tests.server import Person, Reply, Server


async def put_member(actor: Person, room: str, target: str, content: Any) -> Reply:
    """Set somebody's member event."""
    return await actor.set_state(room, "m.room.member", content, state_key=target)


async def test_a_member_changes_how_they_appear_in_one_room(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()
    content = {"membership": "join", "displayname": "Alice at tea"}
    first = await put_member(alice, room, alice.user_id, content)
    again = await put_member(alice, room, alice.user_id, content)
    assert first.json == again.json
    assert await content_of(alice, room, "m.room.member", alice.user_id) == content


async def test_people_are_invited_join_and_leave_by_setting_state(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await bob.put(f"/profile/{quote(bob.user_id)}/displayname", {"displayname": "Bob"})
    room = await alice.create_room()
    await put_member(alice, room, bob.user_id, {"membership": "invite"})
    assert (await content_of(alice, room, "m.room.member", bob.user_id))["displayname"] == "Bob"
    for membership_set in ("join", "leave"):
        await put_member(bob, room, bob.user_id, {"membership": membership_set})
        assert await membership(alice, room, bob) == membership_set


async def test_nobody_writes_who_vouched_for_them(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()
    content = {"membership": "join", "join_authorised_via_users_server": alice.user_id}
    await put_member(alice, room, alice.user_id, content)
    assert await content_of(alice, room, "m.room.member", alice.user_id) == {"membership": "join"}


@pytest.mark.parametrize(
    ("target", "content", "status", "errcode"),
    [
        ("@bob:elsewhere.org", {"membership": "invite"}, 403, "M_FORBIDDEN"),
        ("@nobody:localhost", {"membership": "invite"}, 403, "M_FORBIDDEN"),
        ("@bob:localhost", {"membership": "join"}, 403, "M_FORBIDDEN"),
        ("@bob:localhost", {"membership": "guest"}, 403, "M_FORBIDDEN"),
        ("@alice:localhost", {"displayname": "A"}, 403, "M_FORBIDDEN"),
        ("@alice:localhost", {"membership": ["join"]}, 403, "M_FORBIDDEN"),
        ("bob", {"membership": "ban"}, 400, "M_BAD_JSON"),
        ("@bob:localhost", {"membership": "invite", "third_party_invite": {}}, 403, "M_THREEPID_DENIED"),
    ],
)
async def test_setting_a_member_is_checked_as_the_endpoints_are(
    amanat: Server, target: str, content: dict[str, Any], status: int, errcode: str
) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    refused = await put_member(alice, await alice.create_room(invite=[bob.user_id]), target, content)
    assert (refused.status, refused.errcode) == (status, errcode)


async def test_leaving_everything_leaves_rooms_invitations_and_knocks(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    rules = {"type": "m.room.join_rules", "content": {"join_rule": "knock"}}
    joined, invited = [await alice.create_room(invite=[bob.user_id]) for _ in range(2)]
    knocked = await alice.create_room(initial_state=[rules])
    banned = await alice.create_room(preset="public_chat")
    await bob.join(joined)
    await bob.post(f"/knock/{quote(knocked)}")
    await act(alice, banned, "ban", bob)
    await amanat.amanat.memberships.leave_all(bob.user_id)
    assert [await membership(alice, room, bob) for room in (joined, invited, knocked)] == ["leave"] * 3
    assert await membership(alice, banned, bob) == "ban"


async def test_leaving_everything_takes_as_many_units_as_it_needs(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    rooms = [await alice.create_room(invite=[bob.user_id]) for _ in range(60)]
    await amanat.amanat.memberships.leave_all(bob.user_id)
    assert {(await membership(alice, room, bob)) for room in rooms} == {"leave"}
    await amanat.amanat.memberships.leave_all(bob.user_id)
    assert len(await timeline(alice, rooms[0])) == len(await timeline(alice, rooms[-1]))
