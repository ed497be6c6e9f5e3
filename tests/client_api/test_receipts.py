"""Receipts and read markers: forward only, told to whom they concern."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.client_api.chats import at, two_in_a_room
from tests.server import Person, Reply, Server


async def read(person: Person, room_id: str, event_id: str, *, kind: str = "m.read", **body: Any) -> Reply:
    return await person.post(at(room_id, f"receipt/{kind}/{quote(event_id)}"), body)


def receipts(answer: Any, room_id: str) -> dict[str, Any]:
    """Return the receipts that a sync tells of a room, by event."""
    events = answer["rooms"]["join"][room_id]["ephemeral"]["events"] if answer.get("rooms") else []
    return {
        event_id: by_kind
        for event in events
        if event["type"] == "m.receipt"
        for event_id, by_kind in event["content"].items()
    }


async def test_a_public_receipt_is_told_to_the_room(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    hello = await alice.send(room, "hello")
    since = (await alice.sync())["next_batch"]
    assert (await read(bob, room, hello)).json == {}

    told = receipts(await alice.sync(since), room)
    assert list(told[hello]["m.read"]) == [bob.user_id]


async def test_a_private_receipt_is_told_to_nobody_else(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    hello = await alice.send(room, "hello")
    alice_since, bob_since = (await alice.sync())["next_batch"], (await bob.sync())["next_batch"]
    await read(bob, room, hello, kind="m.read.private")

    assert receipts(await alice.sync(alice_since), room) == {}
    told = receipts(await bob.sync(bob_since), room)
    assert list(told[hello]["m.read.private"]) == [bob.user_id]


async def test_a_receipt_never_moves_back(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    first, second = await alice.send(room, "1"), await alice.send(room, "2")
    await read(bob, room, second)
    since = (await alice.sync())["next_batch"]
    assert (await read(bob, room, first)).status == 200

    assert receipts(await alice.sync(since), room) == {}


async def test_a_stranger_moves_none(amanat: Server) -> None:
    alice, eve = await amanat.user("alice"), await amanat.user("eve")
    room = await alice.create_room()
    refused = await read(eve, room, await alice.send(room, "hello"))

    assert (refused.status, refused.errcode) == (403, "M_FORBIDDEN")


async def test_what_is_not_in_the_room_cannot_be_read(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room, other = await alice.create_room(), await alice.create_room()
    elsewhere = await alice.send(other, "elsewhere")

    assert [(await read(alice, room, event_id)).status for event_id in (elsewhere, "$none")] == [404, 404]


@pytest.mark.parametrize(
    ("kind", "body"),
    [("m.delivered", {}), ("m.read", {"thread_id": ""}), ("m.read", {"thread_id": 1})],
)
async def test_a_receipt_that_makes_no_sense_is_refused(amanat: Server, kind: str, body: dict[str, Any]) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()

    assert (await read(alice, room, await alice.send(room, "hello"), kind=kind, **body)).status == 400


async def test_the_read_marker_moves_with_the_receipt_and_is_the_persons_own(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    hello = await alice.send(room, "hello")
    alice_since, bob_since = (await alice.sync())["next_batch"], (await bob.sync())["next_batch"]
    await bob.post(at(room, "read_markers"), {"m.fully_read": hello, "m.read": hello})

    own = (await bob.sync(bob_since))["rooms"]["join"][room]
    assert own["account_data"]["events"] == [{"type": "m.fully_read", "content": {"event_id": hello}}]
    assert list(receipts(await alice.sync(alice_since), room)[hello]) == ["m.read"]


async def test_who_sends_has_read_up_to_there(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await alice.send(room, "hello", event_type="m.room.message")
    await bob.send(room, "hello yourself", event_type="m.room.message")

    assert (await bob.sync())["rooms"]["join"][room]["unread_notifications"]["notification_count"] == 0
    assert (await alice.sync())["rooms"]["join"][room]["unread_notifications"]["notification_count"] == 1
