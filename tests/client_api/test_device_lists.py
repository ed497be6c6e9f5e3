"""Whose devices have changed, as a sync tells it."""

import asyncio

from tests.client_api.keys import publish
from tests.server import Person, Server


async def _together(*people: Person, **options: object) -> str:
    room = await people[0].create_room(invite=[each.user_id for each in people[1:]], **options)
    for each in people[1:]:
        await each.join(room)
    return room


async def test_those_who_share_a_room_hear_of_a_new_device_and_others_do_not(amanat: Server) -> None:
    alice, bob, carl = [await amanat.user(name) for name in ("alice", "bob", "carl")]
    await _together(alice, bob)
    since = [(await each.sync())["next_batch"] for each in (alice, bob, carl)]
    await publish(bob)
    told = [await each.sync(at) for each, at in zip((alice, bob, carl), since, strict=True)]
    heard = {"changed": [bob.user_id], "left": []}
    assert [each.get("device_lists") for each in told] == [heard, heard, None]
    assert "device_lists" not in await alice.sync(told[0]["next_batch"])


async def test_an_initial_sync_has_no_device_lists(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await _together(alice, bob)
    await publish(bob)
    assert "device_lists" not in await alice.sync()


async def test_a_parked_sync_wakes_when_a_peer_has_a_new_device(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await _together(alice, bob)
    since = (await alice.sync())["next_batch"]
    parked = asyncio.create_task(alice.sync(since, timeout=30_000))
    await publish(bob)
    assert (await parked)["device_lists"]["changed"] == [bob.user_id]


async def test_a_device_that_logs_out_is_a_change(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    second = await amanat.login("bob")
    await publish(second)
    await _together(alice, bob)
    since = (await alice.sync())["next_batch"]
    await second.post("/logout", {})
    assert (await alice.sync(since))["device_lists"] == {"changed": [bob.user_id], "left": []}


async def test_whoever_joins_is_new_to_everyone_and_everyone_to_them(amanat: Server) -> None:
    alice, bob, carl = [await amanat.user(name) for name in ("alice", "bob", "carl")]
    room = await _together(alice, bob)
    hers, his = (await alice.sync())["next_batch"], (await carl.sync())["next_batch"]
    await alice.invite(room, carl.user_id)
    await carl.join(room)
    assert (await alice.sync(hers))["device_lists"]["changed"] == [carl.user_id]
    entered = (await carl.sync(his))["device_lists"]["changed"]
    assert set(entered) >= {alice.user_id, bob.user_id}


async def test_who_shares_no_room_any_more_has_left(on_both: Server) -> None:
    alice, bob = await on_both.user("alice"), await on_both.user("bob")
    first, second = await _together(alice, bob), await _together(alice, bob)
    hers, his = (await alice.sync())["next_batch"], (await bob.sync())["next_batch"]
    await bob.leave(first)
    still = await alice.sync(hers)
    assert "device_lists" not in still
    await bob.leave(second)
    assert (await alice.sync(still["next_batch"]))["device_lists"] == {"changed": [], "left": [bob.user_id]}
    assert (await bob.sync(his))["device_lists"] == {"changed": [], "left": [alice.user_id]}


async def test_a_token_from_before_the_listener_began_misses_nothing(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await _together(alice, bob)
    since = (await alice.sync())["next_batch"]
    await publish(bob)
    amanat.amanat.notifier.wake_all()
    amanat.amanat.store.memberships.clear()
    assert (await alice.sync(since))["device_lists"]["changed"] == [bob.user_id]


async def test_a_public_room_in_clear_brings_nobodys_devices(open_amanat: Server) -> None:
    alice, bob = await open_amanat.user("alice"), await open_amanat.user("bob")
    room = await alice.create_room(preset="public_chat")
    since = (await bob.sync())["next_batch"]
    await bob.join(room)
    assert "device_lists" not in await bob.sync(since)


LAZY = {"room": {"state": {"lazy_load_members": True}}}


async def test_whoever_sends_or_changes_their_name_has_no_new_device(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await _together(alice, bob)
    first = await alice.sync(filter=LAZY)
    await bob.send(room, "hello")
    sent = await alice.sync(first["next_batch"], filter=LAZY)
    assert sent["rooms"]["join"][room]["timeline"]["events"]
    assert "device_lists" not in sent
    await bob.put(f"/profile/{bob.user_id}/displayname", {"displayname": "Bobby"})
    renamed = await alice.sync(sent["next_batch"], filter=LAZY)
    assert "device_lists" not in renamed


async def test_who_joins_and_renames_themselves_at_once_is_new(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(invite=[bob.user_id])
    since = (await alice.sync())["next_batch"]
    await bob.join(room)
    await bob.set_state(room, "m.room.member", {"membership": "join", "displayname": "B"}, state_key=bob.user_id)
    assert (await alice.sync(since))["device_lists"]["changed"] == [bob.user_id]
