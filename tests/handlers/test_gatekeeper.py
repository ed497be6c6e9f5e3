"""The gate stands before every way into an encrypted room, and before messages to devices."""

from typing import Any

import pytest

from tests.client_api.chats import TEXT, at, event
from tests.client_api.rooms import content_of
from tests.server import Server

CLEAR = {"msgtype": "m.text", "body": "in clear"}


async def test_clear_text_is_refused_in_a_private_room_with_a_sentence(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()
    refused = await alice.put(at(room, f"send/{TEXT}/t"), CLEAR)

    assert (refused.status, refused.errcode) == (403, "M_FORBIDDEN")
    assert "encrypt" in refused.json["error"]


async def test_it_is_taken_in_a_public_room_until_that_is_encrypted(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room(preset="public_chat")
    assert (await alice.put(at(room, f"send/{TEXT}/t1"), CLEAR)).status == 200
    await alice.set_state(room, "m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})

    assert (await alice.put(at(room, f"send/{TEXT}/t2"), CLEAR)).status == 403


@pytest.mark.parametrize(
    ("event_type", "content"),
    [("org.example.note", {"text": "in clear"}), ("m.room.topic", {"topic": "about", "secret": "in clear"})],
)
async def test_state_that_the_table_does_not_know_is_refused(
    amanat: Server, event_type: str, content: dict[str, Any]
) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()

    assert (await alice.set_state(room, event_type, content)).errcode == "M_FORBIDDEN"


async def test_a_create_event_carries_nothing_else(amanat: Server) -> None:
    alice = await amanat.user("alice")
    refused = await alice.post("/createRoom", {"preset": "private_chat", "creation_content": {"note": "in clear"}})

    assert refused.status in (400, 403)


async def test_the_reason_of_a_redaction_is_not_kept(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()
    said = await alice.send(room, "said")
    redaction = await alice.put(at(room, f"redact/{said}/t"), {"reason": "because he said this and that"})

    assert "reason" not in (await event(alice, room, redaction.json["event_id"]))["content"]


async def test_a_room_is_replaced_only_by_an_upgrade(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()
    elsewhere = {"body": "come along", "replacement_room": "!elsewhere:localhost"}
    assert (await alice.set_state(room, "m.room.tombstone", elsewhere)).status == 403
    upgraded = await alice.post(at(room, "upgrade"), {"new_version": "12"})

    assert (await content_of(alice, room, "m.room.tombstone"))["replacement_room"] == upgraded.json["replacement_room"]


async def test_a_key_in_clear_goes_to_no_device(amanat: Server) -> None:
    alice = await amanat.user("alice")
    messages = {alice.user_id: {alice.device_id: {"session_key": "in clear"}}}
    refused = await alice.put("/sendToDevice/m.room_key/t", {"messages": messages})

    assert (refused.status, refused.errcode) == (403, "M_FORBIDDEN")


async def test_a_lab_may_leave_the_gate_open(open_amanat: Server) -> None:
    alice = await open_amanat.user("alice")
    room = await alice.create_room()

    assert (await alice.put(at(room, f"send/{TEXT}/t"), CLEAR)).status == 200
