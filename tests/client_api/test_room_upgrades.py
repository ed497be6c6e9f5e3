"""Replacing rooms through the front door."""

from typing import Any

import pytest

from tests.client_api.rooms import act, at, content_of, membership, state_of
from tests.server import MEGOLM, Person, Reply, Server


async def ask(person: Person, room: str, version: str = "12", **more: Any) -> Reply:
    """Ask for a room to be replaced."""
    return await person.post(at(room, "upgrade"), {"new_version": version} | more)


async def upgrade(person: Person, room: str, version: str = "12", **more: Any) -> str:
    """Replace a room and return the new one."""
    reply = await ask(person, room, version, **more)
    assert reply.status == 200, reply.json
    replacement: str = reply.json["replacement_room"]
    return replacement


@pytest.mark.parametrize("before", ["10", "11", "12"])
@pytest.mark.parametrize("after", ["10", "11", "12"])
async def test_the_new_room_is_like_the_old_one(amanat: Server, before: str, after: str) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    encryption = {"type": "m.room.encryption", "content": {"algorithm": MEGOLM, "rotation_period_msgs": 50}}
    levels = {"users": {bob.user_id: 50} | ({} if before == "12" else {alice.user_id: 100}), "invite": 30}
    old = await alice.create_room(
        room_version=before, name="Tea", initial_state=[encryption], power_level_content_override=levels
    )
    was, now = await state_of(alice, old), await state_of(alice, await upgrade(alice, old, after))
    for kept in ("name", "encryption", "join_rules", "history_visibility", "guest_access"):
        assert now[f"m.room.{kept}", ""]["content"] == was[f"m.room.{kept}", ""]["content"]
    create = now["m.room.create", ""]["content"]
    assert (create["room_version"], create["id.amanat.class"]) == (after, "private")
    assert create["predecessor"]["room_id"] == old
    assert ("event_id" in create["predecessor"]) == (after != "12")
    new_levels = now["m.room.power_levels", ""]["content"]
    assert new_levels["users"][bob.user_id] == 50
    assert (alice.user_id in new_levels["users"]) == (after != "12")
    assert new_levels["invite"] == 30


async def test_the_old_room_points_to_the_new_one_and_falls_silent(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    old = await alice.create_room(invite=[bob.user_id])
    await bob.join(old)
    new = await upgrade(alice, old)
    tombstone = await content_of(bob, old, "m.room.tombstone")
    assert tombstone["replacement_room"] == new
    levels = await content_of(bob, old, "m.room.power_levels")
    assert (levels["events_default"], levels["invite"]) == (50, 50)
    assert await membership(alice, new, alice) == "join"
    assert await membership(alice, new, bob) is None


async def test_aliases_and_the_directory_follow(amanat: Server) -> None:
    alice = await amanat.user("alice")
    old = await alice.create_room(preset="public_chat", visibility="public", room_alias_name="tea", name="Tea")
    new = await upgrade(alice, old)
    assert (await alice.get("/directory/room/%23tea:localhost")).json["room_id"] == new
    assert [room["room_id"] for room in (await alice.get("/publicRooms")).json["chunk"]] == [new]
    assert await content_of(alice, new, "m.room.canonical_alias") == {"alias": "#tea:localhost"}
    assert await content_of(alice, old, "m.room.canonical_alias") == {}


async def test_bans_and_the_rooms_of_a_space_follow(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    old = await alice.create_room(preset="public_chat", creation_content={"type": "m.space"})
    rooms = [f"!room{number:02}:localhost" for number in range(70)]
    for room in rooms:
        await alice.set_state(old, "m.space.child", {"via": ["localhost"]}, state_key=room)
    await act(alice, old, "ban", bob, reason="Spam")
    state = await state_of(alice, await upgrade(alice, old))
    assert state["m.room.create", ""]["content"]["type"] == "m.space"
    assert state["m.room.member", bob.user_id]["content"] == {"membership": "ban", "reason": "Spam"}
    assert {key for event_type, key in state if event_type == "m.space.child"} == set(rooms)


async def test_creators_are_named_anew(amanat: Server) -> None:
    alice, bob, carol = [await amanat.user(name) for name in ("alice", "bob", "carol")]
    old = await alice.create_room(creation_content={"additional_creators": [bob.user_id]})
    state = await state_of(alice, await upgrade(alice, old, additional_creators=[carol.user_id]))
    assert state["m.room.create", ""]["content"]["additional_creators"] == [carol.user_id]
    users = state["m.room.power_levels", ""]["content"]["users"]
    assert users[bob.user_id] >= 100
    assert carol.user_id not in users


async def test_a_moderator_who_upgrades_before_version_12_stays_a_moderator(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    levels = {"users": {alice.user_id: 100, bob.user_id: 60}, "events": {"m.room.tombstone": 60}}
    old = await alice.create_room(room_version="11", invite=[bob.user_id], power_level_content_override=levels)
    await bob.join(old)
    now = await content_of(bob, await upgrade(bob, old, "11"), "m.room.power_levels")
    assert now["users"] == {alice.user_id: 100, bob.user_id: 60}


async def test_only_who_may_set_the_tombstone_upgrades(amanat: Server) -> None:
    alice, bob, eve = [await amanat.user(name) for name in ("alice", "bob", "eve")]
    old = await alice.create_room(invite=[bob.user_id], room_alias_name="tea")
    await bob.join(old)
    refused = [await ask(bob, old), await ask(eve, old), await ask(eve, "!nowhere")]
    assert [(reply.status, reply.errcode) for reply in refused] == [(403, "M_FORBIDDEN")] * 3
    assert (await alice.get("/directory/room/%23tea:localhost")).json["room_id"] == old
    assert (await bob.get("/joined_rooms")).json == {"joined_rooms": [old]}


async def test_nobody_sets_a_tombstone_by_hand(amanat: Server) -> None:
    alice = await amanat.user("alice")
    old = await alice.create_room()
    content = {"body": "Come over", "replacement_room": "!elsewhere"}
    assert (await alice.set_state(old, "m.room.tombstone", content)).errcode == "M_FORBIDDEN"


async def test_a_version_that_is_not_known_is_refused(amanat: Server) -> None:
    alice = await amanat.user("alice")
    refused = await ask(alice, await alice.create_room(), "13")
    assert (refused.status, refused.errcode) == (400, "M_UNSUPPORTED_ROOM_VERSION")
    assert (await ask(alice, "!nowhere", additional_creators="all")).errcode == "M_BAD_JSON"
