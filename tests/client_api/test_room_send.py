"""Sending events, state and redactions: what the door lets in, and that nothing is sent twice."""

from typing import Any

import pytest

from tests.client_api.chats import TEXT, at, event
from tests.client_api.rooms import content_of, timeline
from tests.server import Server, ciphertext


async def test_a_repeated_transaction_is_the_first_event(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()
    path = at(room, "send/m.room.encrypted/t1")
    first = await alice.put(path, ciphertext("one"))

    assert (await alice.put(path, ciphertext("two"))).json == first.json
    assert [each["content"] for each in await timeline(alice, room)].count(ciphertext("two")) == 0


async def test_a_transaction_is_of_one_device_one_room_and_one_kind(amanat: Server) -> None:
    alice = await amanat.user("alice")
    phone = await amanat.login("alice")
    room, other = await alice.create_room(), await alice.create_room()
    sent = [
        await alice.put(at(room, "send/m.room.encrypted/t"), ciphertext("1")),
        await phone.put(at(room, "send/m.room.encrypted/t"), ciphertext("2")),
        await alice.put(at(other, "send/m.room.encrypted/t"), ciphertext("3")),
        await alice.put(at(room, "send/m.reaction/t"), {"m.relates_to": {}}),
    ]

    assert len({reply.json["event_id"] for reply in sent[:3]}) == 3
    assert sent[3].status == 403


async def test_a_device_sees_its_own_transaction_and_no_other_does(amanat: Server) -> None:
    alice = await amanat.user("alice")
    phone = await amanat.login("alice")
    room = await alice.create_room()
    sent = await alice.send(room, "hello")

    assert (await event(alice, room, sent))["unsigned"]["transaction_id"] == "t1"
    assert "transaction_id" not in (await event(phone, room, sent))["unsigned"]


async def test_state_that_is_there_already_is_not_sent_again(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()
    first = await alice.set_state(room, "m.room.name", {"name": "Rumah"})

    assert (await alice.set_state(room, "m.room.name", {"name": "Rumah"})).json == first.json
    assert (await alice.set_state(room, "m.room.name", {"name": "Kantor"})).json != first.json
    assert await content_of(alice, room, "m.room.name") == {"name": "Kantor"}


async def test_a_redaction_takes_the_content_and_keeps_the_event(open_amanat: Server) -> None:
    alice = await open_amanat.user("alice")
    room = await alice.create_room()
    said = await alice.send(room, "regretted", event_type=TEXT)
    redaction = await alice.put(at(room, f"redact/{said}/t"), {"reason": "oops"})
    again = await alice.put(at(room, f"redact/{said}/t"), {"reason": "oops"})

    left = await event(alice, room, said)
    assert left["content"] == {}
    assert left["unsigned"]["redacted_because"]["event_id"] == redaction.json["event_id"] == again.json["event_id"]


@pytest.mark.parametrize("event_type", ["m.room.create", "m.room.member"])
async def test_what_has_a_way_of_its_own_is_not_a_message(amanat: Server, event_type: str) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()

    assert (await alice.put(at(room, f"send/{event_type}/t"), {})).errcode == "M_FORBIDDEN"


@pytest.mark.parametrize("content", [[], "text", 1, None])
async def test_content_is_an_object(amanat: Server, content: Any) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()

    assert (await alice.put(at(room, "send/m.room.encrypted/t"), content)).status == 400
    assert (await alice.put(at(room, "state/m.room.topic"), content)).status == 400


async def test_who_is_not_in_a_room_sends_nothing_there(amanat: Server) -> None:
    alice, eve = await amanat.user("alice"), await amanat.user("eve")
    room = await alice.create_room()
    refused = [
        await eve.put(at(room, "send/m.room.encrypted/t"), ciphertext("boo")),
        await eve.put(at(room, "state/m.room.topic"), {"topic": "boo"}),
        await eve.put(at(room, f"redact/{await alice.send(room, 'hello')}/t"), {}),
        await eve.put(at("!nowhere", "send/m.room.encrypted/t"), ciphertext("boo")),
    ]

    assert {reply.errcode for reply in refused} == {"M_FORBIDDEN"}
