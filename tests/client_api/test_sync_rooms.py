"""The rooms of a sync, as different clients of one room are told them."""

from typing import Any

import pytest
from msgspec import json

from amanat.core.requester import Requester
from amanat.handlers.sync_changes import SharedChanges
from amanat.handlers.sync_extras import RoomExtras
from amanat.handlers.sync_rooms import SyncRooms
from amanat.handlers.sync_scope import NO_FILTER, Scope
from tests.client_api.chats import TEXT, bodies, two_in_a_room
from tests.client_api.polls import part
from tests.client_api.rooms import act
from tests.server import Person, Server


async def test_what_one_client_filters_out_another_is_still_told(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(invite=[bob.user_id])
    await bob.join(room)
    hers, his = (await alice.sync())["next_batch"], (await bob.sync())["next_batch"]
    assert hers == his
    carl = await amanat.user("carl")
    await alice.invite(room, carl.user_id)
    await carl.join(room)
    message = await carl.send(room, "hello")
    nothing = {"room": {"timeline": {"not_types": ["m.room.encrypted"]}}}
    filtered = await alice.sync(hers, filter=nothing)
    assert message not in [event["event_id"] for event in filtered["rooms"]["join"][room]["timeline"]["events"]]
    whole = await bob.sync(his)
    assert message in [event["event_id"] for event in whole["rooms"]["join"][room]["timeline"]["events"]]


def left(answered: Any, room_id: str) -> Any:
    """Return what an answer tells of a room that the reader is out of."""
    return part(answered, room_id, section="leave")


def memberships(found: Any) -> list[str]:
    """Return the memberships that a part's timeline tells."""
    return [event["content"]["membership"] for event in found["timeline"]["events"] if event["type"] == "m.room.member"]


def topics(found: Any) -> list[str]:
    """Return the topics that a part tells anywhere."""
    events = [*found["state"]["events"], *found["timeline"]["events"]]
    return [event["content"]["topic"] for event in events if event["type"] == "m.room.topic"]


async def test_who_leaves_is_told_up_to_there(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    since = (await bob.sync())["next_batch"]
    await alice.send(room, "goodbye", event_type=TEXT)
    await bob.leave(room)
    await alice.send(room, "he is gone", event_type=TEXT)
    await alice.set_state(room, "m.room.topic", {"topic": "peace"})
    answered = await bob.sync(since)
    found = left(answered, room)
    assert (bodies(found["timeline"]["events"]), memberships(found), topics(found)) == (["goodbye"], ["leave"], [])
    assert "rooms" not in await bob.sync(answered["next_batch"])
    assert "rooms" not in await bob.sync()
    again = left(await bob.sync(filter={"room": {"include_leave": True}}), room)
    assert (bodies(again["timeline"]["events"]), topics(again)) == (["goodbye"], [])


@pytest.mark.parametrize("told_between", [False, True])
async def test_who_left_and_is_banned_hears_of_the_ban_alone(open_amanat: Server, told_between: bool) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    since = (await bob.sync())["next_batch"]
    await alice.send(room, "goodbye", event_type=TEXT)
    await bob.leave(room)
    if told_between:
        since = (await bob.sync(since))["next_batch"]
    await alice.set_state(room, "m.room.topic", {"topic": "peace"})
    for number in range(12):
        await alice.send(room, str(number), event_type=TEXT)
    await act(alice, room, "ban", bob)
    found = left(await bob.sync(since), room)
    expected = (["goodbye"], ["leave", "ban"]) if not told_between else ([], ["ban"])
    assert (bodies(found["timeline"]["events"]), memberships(found)) == expected
    assert topics(found) == []
    assert found["state"]["events"] == []


@pytest.mark.parametrize("deed", ["kick", "ban"])
async def test_who_is_thrown_out_hears_so_and_nothing_later(open_amanat: Server, deed: str) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    since = (await bob.sync())["next_batch"]
    await act(alice, room, deed, bob, reason="noise")
    await alice.send(room, "at last", event_type=TEXT)
    found = left(await bob.sync(since), room)
    assert [event["content"]["reason"] for event in found["timeline"]["events"]] == ["noise"]
    assert found["timeline"]["events"][0]["unsigned"]["prev_content"]["membership"] == "join"


async def test_who_refuses_an_invitation_learns_nothing_of_the_room(amanat: Server) -> None:
    alice, _bob, room = await two_in_a_room(amanat, topic="secret")
    eve = await amanat.user("eve")
    await alice.invite(room, eve.user_id)
    since = (await eve.sync())["next_batch"]
    await alice.send(room, "careful")
    await eve.leave(room)
    answered = await eve.sync(since)
    found = left(answered, room)
    assert memberships(found) == ["leave"]
    assert len(found["timeline"]["events"]) == 1
    assert found["state"]["events"] == []
    assert "device_lists" not in answered


async def test_who_leaves_hears_whose_devices_need_not_be_followed(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    since = (await bob.sync())["next_batch"]
    await bob.leave(room)
    assert (await bob.sync(since))["device_lists"]["left"] == [alice.user_id]


async def test_a_knock_is_told_to_who_knocks(amanat: Server) -> None:
    alice, eve = await amanat.user("alice"), await amanat.user("eve")
    rules = {"type": "m.room.join_rules", "state_key": "", "content": {"join_rule": "knock"}}
    room = await alice.create_room(initial_state=[rules])
    since = (await eve.sync())["next_batch"]
    assert (await eve.post(f"/knock/{room}", {})).status == 200
    shown = part(await eve.sync(since), room, section="knock")["knock_state"]["events"]
    assert "m.room.create" in {event["type"] for event in shown}


async def test_an_invitation_is_told_until_it_is_answered(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    since = (await bob.sync())["next_batch"]
    room = await alice.create_room(invite=[bob.user_id], name="home")
    await alice.send(room, "not for him yet")
    answered = await bob.sync(since)
    assert list(answered["rooms"]) == ["invite"]
    await alice.send(room, "nor this")
    assert "rooms" not in await bob.sync(answered["next_batch"])
    assert list((await bob.sync())["rooms"]) == ["invite"]
    await bob.join(room)
    assert list((await bob.sync(answered["next_batch"]))["rooms"]) == ["join"]


async def test_readers_of_one_room_are_told_the_same_but_for_what_is_their_own(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    phone = await amanat.login("alice")
    since = (await alice.sync())["next_batch"]
    await alice.send(room, "hello")
    tails = [part(await reader.sync(since), room)["timeline"]["events"] for reader in (bob, phone, alice)]
    assert [events[0]["unsigned"].pop("transaction_id", None) for events in tails] == [None, None, "t1"]
    for events in tails:
        assert events[0]["unsigned"].pop("age") >= 0
    assert tails[0] == tails[1] == tails[2]


async def test_the_age_of_an_event_grows_for_who_comes_later(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    since = (await bob.sync())["next_batch"]
    await alice.send(room, "hello")
    await bob.sync(since)
    amanat.clock.pass_ms(60_000)
    assert part(await bob.sync(since), room)["timeline"]["events"][0]["unsigned"]["age"] > 60_000


async def test_a_membership_that_is_ahead_of_the_answer_hides_nothing_before_it(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    since = open_amanat.amanat.sync.now()
    hello = await alice.send(room, "hello", event_type=TEXT)
    now = open_amanat.amanat.sync.now()
    for change in (_rename, _go):
        await change(bob, room)
        held = await open_amanat.amanat.store.memberships.get(bob.user_id)
        assert held is not None
        assert held[room].position > now.room
        scope = Scope(
            requester=Requester(user_id=bob.user_id, device_id=bob.device_id, token_hash=b""),
            since=since,
            now=now,
            filter=NO_FILTER,
            full_state=False,
            state_after=False,
        )
        rooms = await _sync_rooms(open_amanat).collect(scope, memberships=held, changed={room: now.room})
        assert hello.encode() in json.encode(rooms.join[room])
        assert not rooms.leave


async def _rename(person: Person, _room: str) -> None:
    await person.put(f"/profile/{person.user_id}/displayname", {"displayname": "B"})


async def _go(person: Person, room: str) -> None:
    await person.leave(room)


def _sync_rooms(server: Server) -> SyncRooms:
    amanat = server.amanat
    return SyncRooms(
        amanat.store,
        view=amanat.event_view,
        extras=RoomExtras(amanat.store, receipts=amanat.receipts, typing=amanat.typing),
        account_data=amanat.account_data,
        shared=SharedChanges(now_ms=server.clock.now_ms),
    )
