"""What a room in a sync has besides events: who is there, what they have read, what the reader keeps about it."""

from typing import Any

from tests.client_api.chats import at, two_in_a_room
from tests.client_api.polls import part
from tests.server import Person, Server


def readers(answered: Any, room_id: str) -> set[str]:
    """Return whose public receipts an answer tells of a room."""
    events = part(answered, room_id).get("ephemeral", {"events": []})["events"]
    return {
        user_id
        for event in events
        if event["type"] == "m.receipt"
        for kinds in event["content"].values()
        for user_id in kinds.get("m.read", {})
    }


async def read(person: Person, room_id: str, event_id: str) -> None:
    await person.post(at(room_id, f"receipt/m.read/{event_id}"), {})


async def test_a_room_without_a_name_is_named_by_who_is_in_it(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    summary = part(await alice.sync(), room)["summary"]
    assert summary == {"m.joined_member_count": 2, "m.invited_member_count": 0, "m.heroes": [bob.user_id]}
    await alice.set_state(room, "m.room.name", {"name": "home"})
    carl = await amanat.user("carl")
    since = (await alice.sync())["next_batch"]
    await alice.invite(room, carl.user_id)
    assert part(await alice.sync(since), room)["summary"] == {"m.joined_member_count": 2, "m.invited_member_count": 1}


async def test_who_has_left_still_names_an_empty_room(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    since = (await alice.sync())["next_batch"]
    await bob.leave(room)
    summary = part(await alice.sync(since), room)["summary"]
    assert (summary["m.joined_member_count"], summary["m.heroes"]) == (1, [bob.user_id])


async def test_the_summary_is_told_when_somebody_comes_or_goes(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    since = (await alice.sync())["next_batch"]
    await bob.send(room, "hello")
    assert "summary" not in part(await alice.sync(since), room)


async def test_who_enters_a_room_is_told_how_far_people_have_read(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat, preset="public_chat")
    await read(bob, room, await alice.send(room, "hello"))
    carl = await amanat.user("carl")
    since = (await carl.sync())["next_batch"]
    await carl.join(room)
    assert readers(await carl.sync(since), room) == {bob.user_id}


async def test_a_receipt_is_told_once(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    hello = await alice.send(room, "hello")
    since = (await alice.sync())["next_batch"]
    await read(bob, room, hello)
    answered = await alice.sync(since)
    assert readers(answered, room) == {bob.user_id}
    assert readers(await alice.sync(), room) == {bob.user_id}
    await bob.send(room, "yes")
    assert readers(await alice.sync(answered["next_batch"]), room) == set()


async def test_a_filter_keeps_receipts_and_typing_out(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    hello = await alice.send(room, "hello")
    since = (await alice.sync())["next_batch"]
    await read(bob, room, hello)
    await bob.put(at(room, f"typing/{bob.user_id}"), {"typing": True})
    nothing = {"room": {"ephemeral": {"not_types": ["m.receipt", "m.typing"]}}}
    assert part(await alice.sync(since, filter=nothing), room) is None


async def test_who_leaves_is_not_shown_typing(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    since = (await alice.sync())["next_batch"]
    await bob.put(at(room, f"typing/{bob.user_id}"), {"typing": True})
    await bob.leave(room)
    events = part(await alice.sync(since), room)["ephemeral"]["events"]
    assert events == [{"type": "m.typing", "content": {"user_ids": []}}]


async def test_what_one_keeps_about_a_room_is_told_alone(amanat: Server) -> None:
    alice, _bob, room = await two_in_a_room(amanat)
    since = (await alice.sync())["next_batch"]
    await alice.put(f"/user/{alice.user_id}/rooms/{room}/account_data/org.example", {"a": 1})
    found = part(await alice.sync(since), room)
    assert found["account_data"]["events"] == [{"type": "org.example", "content": {"a": 1}}]
    assert found["timeline"]["events"] == []
