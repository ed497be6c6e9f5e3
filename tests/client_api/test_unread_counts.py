"""Unread counts: what others said since the reader's receipt, and what of it mentions them."""

from typing import Any
from urllib.parse import quote

from tests.client_api.chats import TEXT, at, related, two_in_a_room
from tests.server import Person, Server

THREADED = '{"room":{"timeline":{"unread_thread_notifications":true}}}'


async def counts(reader: Person, room_id: str) -> tuple[int, int]:
    """Return the room's notifications and highlights, for a client that does not know of threads."""
    told = (await reader.sync())["rooms"]["join"][room_id]["unread_notifications"]
    return told["notification_count"], told["highlight_count"]


async def counted_apart(reader: Person, room_id: str) -> tuple[int, dict[str, int]]:
    """Return the main timeline's notifications and each thread's."""
    part = (await reader.sync(filter=THREADED))["rooms"]["join"][room_id]
    threads: dict[str, Any] = part.get("unread_thread_notifications", {})
    main: int = part["unread_notifications"]["notification_count"]
    return main, {root: count["notification_count"] for root, count in threads.items()}


async def read(person: Person, room_id: str, event_id: str, **body: Any) -> None:
    reply = await person.post(at(room_id, f"receipt/m.read/{quote(event_id)}"), body)
    assert reply.status == 200, reply.json


async def test_what_came_after_the_receipt_counts(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    sent = [await alice.send(room, f"{number}", event_type=TEXT) for number in range(3)]
    assert await counts(bob, room) == (3, 0)
    await read(bob, room, sent[1])
    assert await counts(bob, room) == (1, 0)
    await bob.send(room, "I am here", event_type=TEXT)
    assert await counts(bob, room) == (0, 0)


async def test_encrypted_messages_count_too(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    await alice.send(room, "who knows what")

    assert await counts(bob, room) == (1, 0)


async def test_a_mention_is_a_highlight_for_whom_it_names(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    mention = {"m.mentions": {"user_ids": [bob.user_id]}}
    await alice.send(room, "Bob!", event_type=TEXT, **mention)
    last = await alice.send(room, "Are you there?", event_type=TEXT)
    assert await counts(bob, room) == (2, 1)
    assert await counts(alice, room) == (0, 0)
    await read(bob, room, last)
    assert await counts(bob, room) == (0, 0)


async def test_a_thread_counts_apart_and_is_read_apart(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    root = await alice.send(room, "root", event_type=TEXT)
    reply = await alice.send(room, "in the thread", event_type=TEXT, **related("m.thread", root))
    assert await counts(bob, room) == (2, 0)
    assert await counted_apart(bob, room) == (1, {root: 1})
    await read(bob, room, root, thread_id="main")
    assert await counted_apart(bob, room) == (0, {root: 1})
    await read(bob, room, reply, thread_id=root)
    assert await counted_apart(bob, room) == (0, {})


async def test_a_receipt_without_a_thread_reads_everything_before_it(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    root = await alice.send(room, "root", event_type=TEXT)
    reply = await alice.send(room, "in the thread", event_type=TEXT, **related("m.thread", root))
    await read(bob, room, reply)

    assert await counts(bob, room) == (0, 0)
    assert await counted_apart(bob, room) == (0, {})


async def test_what_was_said_before_one_joined_is_not_unread(open_amanat: Server) -> None:
    alice, bob = await open_amanat.user("alice"), await open_amanat.user("bob")
    room = await alice.create_room(preset="public_chat")
    await alice.send(room, "long ago", event_type=TEXT)
    await bob.join(room)

    assert await counts(bob, room) == (0, 0)
