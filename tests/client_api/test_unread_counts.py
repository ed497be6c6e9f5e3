"""What a reader has not read, as sync counts it: in the room, in each thread, and what mentions them."""

from typing import Any
from urllib.parse import quote

from tests.client_api.chats import TEXT, at, redact, related, two_in_a_room
from tests.client_api.polls import part
from tests.server import Person, Server

THREADS = {"room": {"timeline": {"unread_thread_notifications": True}}}


async def counts(person: Person, room_id: str) -> tuple[int, int]:
    """Return the notifications and highlights of a room, its threads among them."""
    return _pair(part(await person.sync(), room_id)["unread_notifications"])


async def by_thread(person: Person, room_id: str) -> dict[str, tuple[int, int]]:
    """Return the notifications and highlights of the main timeline and of each thread."""
    room = part(await person.sync(filter=THREADS), room_id)
    threads = room.get("unread_thread_notifications", {})
    return {"main": _pair(room["unread_notifications"])} | {root: _pair(count) for root, count in threads.items()}


def _pair(count: dict[str, int]) -> tuple[int, int]:
    return count["notification_count"], count["highlight_count"]


async def say(person: Person, room_id: str, text: str, **more: Any) -> str:
    return await person.send(room_id, text, event_type=TEXT, **more)


async def reply(person: Person, room_id: str, root: str, **more: Any) -> str:
    return await say(person, room_id, "in the thread", **related("m.thread", root), **more)


async def read(person: Person, room_id: str, event_id: str, *, kind: str = "m.read", **body: str) -> None:
    answered = await person.post(at(room_id, f"receipt/{kind}/{quote(event_id)}"), body)
    assert answered.status == 200, answered.json


async def test_messages_count_until_they_are_read(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    first, second = await say(alice, room, "1"), await say(alice, room, "2")
    assert await counts(bob, room) == (2, 0)
    await read(bob, room, first)
    assert await counts(bob, room) == (1, 0)
    await read(bob, room, second, kind="m.read.private")
    assert await counts(bob, room) == (0, 0)


async def test_ciphertext_counts_as_a_message_does(amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(amanat)
    await alice.send(room, "hello")
    assert await counts(bob, room) == (1, 0)


async def test_the_read_marker_counts_for_nothing(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    hello = await say(alice, room, "hello")
    await bob.post(at(room, "read_markers"), {"m.fully_read": hello})
    assert await counts(bob, room) == (1, 0)


async def test_what_was_said_before_one_came_is_not_unread(open_amanat: Server) -> None:
    alice, _bob, room = await two_in_a_room(open_amanat, preset="public_chat")
    root = await say(alice, room, "hello")
    await reply(alice, room, root)
    carl = await open_amanat.user("carl")
    await carl.join(room)
    assert await by_thread(carl, room) == {"main": (0, 0)}


async def test_notices_edits_and_state_are_not_unread(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    hello = await say(alice, room, "hello")
    await read(bob, room, hello)
    await say(alice, room, "beep", msgtype="m.notice")
    await say(alice, room, "* hallo", **related("m.replace", hello), **{"m.new_content": {}})
    await alice.set_state(room, "m.room.topic", {"topic": "greetings"})
    assert await counts(bob, room) == (0, 0)


async def test_a_mention_is_a_highlight_for_the_one_it_mentions(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    carl = await open_amanat.user("carl")
    await alice.invite(room, carl.user_id)
    await carl.join(room)
    mention = await say(alice, room, "bob!", **{"m.mentions": {"user_ids": [bob.user_id, alice.user_id]}})
    assert [await counts(person, room) for person in (alice, bob, carl)] == [(0, 0), (1, 1), (1, 0)]
    await read(bob, room, mention)
    assert await counts(bob, room) == (0, 0)


async def test_only_who_may_mentions_the_whole_room(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    everyone = {"m.mentions": {"room": True}}
    await say(bob, room, "everyone!", **everyone)
    assert await counts(alice, room) == (1, 0)
    await say(alice, room, "everyone!", **everyone)
    assert await counts(bob, room) == (1, 1)
    assert await counts(alice, room) == (0, 0)


async def test_whoever_is_mentioned_is_notified_whatever_mentions_them(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await alice.put(at(room, "send/org.example.poke/t1"), {"m.mentions": {"user_ids": [bob.user_id]}})
    assert await counts(bob, room) == (1, 1)


async def test_the_end_of_a_room_is_news_to_all_but_its_author(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await alice.set_state(room, "m.room.tombstone", {"body": "moved", "replacement_room": "!there"})
    assert [await counts(person, room) for person in (alice, bob)] == [(0, 0), (1, 1)]


async def test_threads_count_apart_if_the_client_asks(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    root = await say(alice, room, "root")
    first = await reply(alice, room, root, **{"m.mentions": {"user_ids": [bob.user_id]}})
    second = await reply(alice, room, root)
    assert await counts(bob, room) == (3, 1)
    assert await by_thread(bob, room) == {"main": (1, 0), root: (2, 1)}
    await read(bob, room, first, thread_id=root)
    assert await by_thread(bob, room) == {"main": (1, 0), root: (1, 0)}
    await read(bob, room, root, thread_id="main")
    assert await by_thread(bob, room) == {"main": (0, 0), root: (1, 0)}
    await read(bob, room, second)
    assert await by_thread(bob, room) == {"main": (0, 0)}


async def test_who_writes_in_a_thread_has_read_that_thread_alone(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    root = await say(alice, room, "root")
    other = await say(alice, room, "other root")
    await reply(alice, room, root)
    await reply(alice, room, other)
    await reply(bob, room, root)
    assert await by_thread(bob, room) == {"main": (2, 0), other: (1, 0)}


async def test_a_redacted_mention_is_no_highlight_any_more(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    mention = await say(alice, room, "bob!", **{"m.mentions": {"user_ids": [bob.user_id]}})
    everyone = await say(alice, room, "everyone!", **{"m.mentions": {"room": True}})
    await redact(alice, room, mention)
    assert (await counts(bob, room))[1] == 1
    await redact(alice, room, everyone)
    assert (await counts(bob, room))[1] == 0
    await read(bob, room, everyone)
    assert await counts(bob, room) == (0, 0)


async def test_reading_elsewhere_changes_the_count_of_a_waiting_device(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    hello = await say(alice, room, "hello")
    since = (await bob.sync())["next_batch"]
    await read(bob, room, hello, kind="m.read.private")
    no_receipts: Any = {"room": {"ephemeral": {"types": []}}}
    told = part(await bob.sync(since, filter=no_receipts), room)
    assert _pair(told["unread_notifications"]) == (0, 0)


async def test_a_muted_room_counts_nothing_and_one_for_mentions_only_those(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await say(alice, room, "hello")
    await say(alice, room, "bob!", **{"m.mentions": {"user_ids": [bob.user_id]}})
    rule = f"/pushrules/global/room/{quote(room, safe='')}"
    await bob.put(rule, {"actions": []})
    assert await counts(bob, room) == (1, 1)
    await bob.delete(rule)
    condition = {"kind": "event_match", "key": "room_id", "pattern": room}
    await bob.put("/pushrules/global/override/mute", {"actions": [], "conditions": [condition]})
    assert await counts(bob, room) == (0, 0)


# What ignored people say


async def ignore(person: Person, *others: Person) -> None:
    listed: dict[str, Any] = {"ignored_users": {other.user_id: {} for other in others}}
    path = f"/user/{quote(person.user_id)}/account_data/m.ignored_user_list"
    assert (await person.put(path, listed)).status == 200


async def test_what_ignored_people_say_does_not_count(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    carol = await open_amanat.user("carol")
    await alice.invite(room, carol.user_id)
    await carol.join(room)
    root = await say(carol, room, "root")
    await ignore(bob, alice)
    await say(alice, room, "bob!", **{"m.mentions": {"user_ids": [bob.user_id]}})
    await say(alice, room, "a note", msgtype="m.notice")
    await reply(alice, room, root)
    await say(carol, room, "hello")
    await reply(carol, room, root)
    assert await by_thread(bob, room) == {"main": (2, 0), root: (1, 0)}


async def test_it_counts_again_when_they_are_heard_again(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await ignore(bob, alice)
    read_upto = await say(alice, room, "1")
    await say(alice, room, "2")
    assert await counts(bob, room) == (0, 0)
    await ignore(bob)
    assert await counts(bob, room) == (2, 0)
    await ignore(bob, alice)
    await read(bob, room, read_upto)
    assert await counts(bob, room) == (0, 0)
