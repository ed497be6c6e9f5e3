"""Rooms and their newest events in memory are what the disk would give."""

from tests.client_api.chats import TEXT, at, react, redact, related, two_in_a_room
from tests.server import Server


async def agrees(server: Server, room_id: str) -> bool:
    """Say whether memory holds what it would load anew."""
    store = server.amanat.store
    held = store.rooms.peek(room_id), store.heads.peek(room_id)
    store.rooms.clear()
    store.heads.clear()
    return None not in held and held == (await store.rooms.get(room_id), await store.heads.get(room_id))


async def test_a_room_is_known_from_its_creation_on(open_amanat: Server) -> None:
    alice = await open_amanat.user("alice")
    room = await alice.create_room(name="Rumah", topic="Sehari-hari")

    assert await agrees(open_amanat, room)


async def test_state_and_members_are_followed(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await alice.set_state(room, "m.room.name", {"name": "Kantor"})
    levels = (await alice.get(at(room, "state/m.room.power_levels"))).json
    await alice.set_state(room, "m.room.power_levels", levels | {"users": {bob.user_id: 50}})
    await bob.leave(room)

    assert await agrees(open_amanat, room)


async def test_messages_threads_and_mentions_are_followed(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    root = await alice.send(room, "root", event_type=TEXT)
    await bob.send(room, "in a thread", event_type=TEXT, **related("m.thread", root))
    await alice.send(room, "you!", event_type=TEXT, **{"m.mentions": {"user_ids": [bob.user_id]}})
    await react(bob, room, root, "👍", transaction="r")

    assert await agrees(open_amanat, room)


async def test_redacted_state_is_followed(open_amanat: Server) -> None:
    alice = await open_amanat.user("alice")
    room = await alice.create_room()
    await redact(alice, room, (await alice.set_state(room, "m.room.name", {"name": "Rumah"})).json["event_id"])

    assert await agrees(open_amanat, room)


async def test_there_is_no_room_that_nobody_made(open_amanat: Server) -> None:
    store = open_amanat.amanat.store

    assert (await store.rooms.get("!none"), await store.heads.get("!none")) == (None, None)


async def test_a_room_weighs_what_its_state_weighs(open_amanat: Server) -> None:
    alice = await open_amanat.user("alice")
    room = await alice.create_room()
    rooms = open_amanat.amanat.store.rooms

    async def size() -> int:
        held = await rooms.get(room)
        assert held is not None
        return held.size

    empty = await size()
    await alice.set_state(room, "m.room.topic", {"topic": "t" * 10_000})
    full = await size()
    await alice.set_state(room, "m.room.topic", {"topic": ""})

    assert full > empty + 10_000 > await size() > empty
    assert await agrees(open_amanat, room)
