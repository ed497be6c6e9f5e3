"""Where people stand, in memory, is what the disk would give."""

from urllib.parse import quote

from amanat.core.standing import NOWHERE
from tests.client_api.chats import TEXT, at, related, two_in_a_room
from tests.server import Person, Server


async def agrees(person: Person, room_id: str) -> bool:
    """Say whether memory holds where somebody stands, and as the disk has it."""
    memory = person.server.amanat.store.standings
    place = (room_id, person.user_id)
    held = memory.peek(place)
    memory.clear()
    return held is not None and held == await memory.get(place)


async def test_own_messages_and_receipts_are_followed(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await bob.sync()
    root = await alice.send(room, "root", event_type=TEXT)
    await bob.send(room, "in a thread", event_type=TEXT, **related("m.thread", root))
    assert await agrees(bob, room)
    last = await alice.send(room, "last", event_type=TEXT)
    await bob.post(at(room, f"receipt/m.read/{quote(last)}"), {})
    assert await agrees(bob, room)
    await bob.post(at(room, f"receipt/m.read.private/{quote(root)}"), {"thread_id": "main"})
    assert await agrees(bob, room)


async def test_a_read_marker_is_no_receipt(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    hello = await alice.send(room, "hello", event_type=TEXT)
    store = open_amanat.amanat.store
    before = await store.standings.get((room, bob.user_id))
    await bob.post(at(room, "read_markers"), {"m.fully_read": hello})

    assert await store.standings.get((room, bob.user_id)) == before
    assert await agrees(bob, room)


async def test_who_never_read_stands_nowhere(open_amanat: Server) -> None:
    alice = await open_amanat.user("alice")
    room = await alice.create_room()
    standings = open_amanat.amanat.store.standings

    assert await standings.get((room, "@nobody:localhost")) == NOWHERE
    assert (await standings.get_many([(room, "@nobody:localhost"), (room, alice.user_id)])).keys() == {
        (room, "@nobody:localhost"),
        (room, alice.user_id),
    }
