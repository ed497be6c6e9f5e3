"""Events as a reader is shown them: the stored bytes, and what stands beside them."""

from tests.client_api.chats import TEXT, at, event, redact, two_in_a_room
from tests.server import Server


async def test_the_age_is_how_long_ago_it_was_sent(open_amanat: Server) -> None:
    alice = await open_amanat.user("alice")
    room = await alice.create_room()
    said = await alice.send(room, "hello", event_type=TEXT)
    open_amanat.clock.pass_ms(60_000)

    shown = await event(alice, room, said)
    assert 60_000 <= shown["unsigned"]["age"] < 61_000
    assert shown["unsigned"]["membership"] == "join"


async def test_nothing_is_shown_but_what_the_protocol_has(open_amanat: Server) -> None:
    alice = await open_amanat.user("alice")
    room = await alice.create_room()
    shown = await event(alice, room, await alice.send(room, "hello", event_type=TEXT))

    assert shown.keys() == {"content", "event_id", "origin_server_ts", "room_id", "sender", "type", "unsigned"}
    assert shown["unsigned"].keys() == {"age", "membership", "transaction_id"}


async def test_state_says_what_it_replaced(open_amanat: Server) -> None:
    alice = await open_amanat.user("alice")
    room = await alice.create_room()
    first = (await alice.set_state(room, "m.room.name", {"name": "Rumah"})).json["event_id"]
    second = (await alice.set_state(room, "m.room.name", {"name": "Kantor"})).json["event_id"]

    unsigned = (await event(alice, room, second))["unsigned"]
    assert (unsigned["replaces_state"], unsigned["prev_content"]) == (first, {"name": "Rumah"})


async def test_what_was_redacted_says_by_what(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    said = await bob.send(room, "regretted", event_type=TEXT)
    await redact(alice, room, said)

    because = (await event(bob, room, said))["unsigned"]["redacted_because"]
    assert (because["sender"], because["type"]) == (alice.user_id, "m.room.redaction")


async def test_each_event_says_what_the_reader_was_then(open_amanat: Server) -> None:
    alice, bob = await open_amanat.user("alice"), await open_amanat.user("bob")
    room = await alice.create_room()
    await alice.send(room, "before", event_type=TEXT)
    await alice.invite(room, bob.user_id)
    await alice.send(room, "invited", event_type=TEXT)
    await bob.join(room)
    await alice.send(room, "joined", event_type=TEXT)

    chunk = (await bob.get(at(room, "messages"), dir="f", limit=100)).json["chunk"]
    memberships = [each["unsigned"]["membership"] for each in chunk if each["type"] == TEXT]
    assert memberships == ["leave", "invite", "join"]
