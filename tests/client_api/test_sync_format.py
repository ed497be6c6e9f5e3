"""Events in a sync as servers exchange them."""

from typing import Any

import pytest

from amanat.core.events import content_hash, event_id_of
from amanat.core.room_versions import ROOM_VERSIONS
from tests.client_api.chats import at, redact, two_in_a_room
from tests.client_api.polls import part
from tests.server import Person, Server

PDUS = {"event_format": "federation"}


async def both(person: Person, room_id: str, since: str | None = None, **query: Any) -> tuple[Any, Any]:
    """Return a room's part as clients are told it, and as servers would be."""
    chosen = {"room": {"timeline": {"limit": 50}}}
    client = await person.sync(since, filter=chosen, **query)
    return part(client, room_id), part(await person.sync(since, filter=chosen | PDUS, **query), room_id)


@pytest.mark.parametrize("version", ROOM_VERSIONS)
async def test_an_event_has_the_hashes_that_make_its_id(open_amanat: Server, version: str) -> None:
    alice, bob, room = await two_in_a_room(open_amanat, room_version=version)
    since = (await bob.sync())["next_batch"]
    gone = await alice.send(room, "oh")
    await redact(alice, room, gone)
    await alice.send(room, "hello")
    for client, pdus in (await both(bob, room), await both(bob, room, since)):
        for event, pdu in zip(client["timeline"]["events"], pdus["timeline"]["events"], strict=True):
            unsigned = pdu.pop("unsigned")
            assert "event_id" not in pdu
            assert {name for name in unsigned if name != "age"} == {name for name in event["unsigned"] if name != "age"}
            assert event_id_of(pdu, ROOM_VERSIONS[version]) == event["event_id"]
            if "redacted_because" not in unsigned:
                assert pdu["hashes"]["sha256"] == content_hash(pdu)


async def test_state_is_told_so_too(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat, topic="tea")
    for _ in range(3):
        await alice.send(room, "hello")
    chosen = {"room": {"timeline": {"limit": 1}}} | PDUS
    for name, query in (("state", {}), ("state_after", {"use_state_after": "true"})):
        told = part(await bob.sync(filter=chosen, **query), room)[name]["events"]
        assert all("auth_events" in pdu and "event_id" not in pdu for pdu in told)
        assert "m.room.topic" in {pdu["type"] for pdu in told}


async def test_a_room_that_was_left_is_told_so_too(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    since = (await bob.sync())["next_batch"]
    await alice.post(at(room, "kick"), {"user_id": bob.user_id})
    (pdu,) = (await bob.sync(since, filter=PDUS))["rooms"]["leave"][room]["timeline"]["events"]
    assert (pdu["type"], pdu["content"]["membership"], "prev_events" in pdu) == ("m.room.member", "leave", True)


async def test_only_the_wanted_fields_are_told(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    since = (await bob.sync())["next_batch"]
    await alice.send(room, "hello")
    answered = await bob.sync(since, filter=PDUS | {"event_fields": ["depth", "type"]})
    (pdu,) = part(answered, room)["timeline"]["events"]
    assert set(pdu) == {"depth", "type"}
