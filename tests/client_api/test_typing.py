"""Typing: told while it lasts, and to members only."""

from typing import Any
from urllib.parse import quote

from tests.client_api.chats import at, two_in_a_room
from tests.server import Person, Reply, Server


async def types(person: Person, room_id: str, body: Any, *, of: Person | None = None) -> Reply:
    return await person.put(at(room_id, f"typing/{quote((of or person).user_id)}"), body)


def typists(answer: Any, room_id: str) -> list[str] | None:
    """Return who types, as a sync tells it; None if it tells nothing."""
    for event in answer.get("rooms", {}).get("join", {}).get(room_id, {}).get("ephemeral", {}).get("events", []):
        if event["type"] == "m.typing":
            told: list[str] = event["content"]["user_ids"]
            return told
    return None


async def test_typing_is_told_and_its_end_too(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    since = (await alice.sync())["next_batch"]
    await types(bob, room, {"typing": True, "timeout": 20_000})
    assert typists(begun := await alice.sync(since), room) == [bob.user_id]
    await types(bob, room, {"typing": False})

    assert typists(await alice.sync(begun["next_batch"]), room) == []


async def test_it_is_told_once(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    since = (await alice.sync())["next_batch"]
    await types(bob, room, {"typing": True})
    told = await alice.sync(since)
    await types(bob, room, {"typing": True})

    assert typists(await alice.sync(told["next_batch"]), room) is None


async def test_it_ends_by_itself(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    since = (await alice.sync())["next_batch"]
    await types(bob, room, {"typing": True, "timeout": 1000})
    begun = await alice.sync(since)
    amanat.clock.pass_ms(1000)
    amanat.amanat.typing.sweep()

    assert typists(await alice.sync(begun["next_batch"]), room) == []


async def test_nobody_types_for_another_or_in_a_room_they_are_not_in(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    eve = await amanat.user("eve")

    assert (await types(bob, room, {"typing": True}, of=alice)).status == 403
    assert (await types(eve, room, {"typing": True})).status == 403


async def test_what_is_no_answer_to_the_question_is_refused(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()

    assert (await types(alice, room, {"typing": "yes"})).errcode == "M_BAD_JSON"
    assert (await types(alice, room, {})).errcode == "M_BAD_JSON"
