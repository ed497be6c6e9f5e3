"""Sending, beneath the door: redactions in every room version, and who may redact what."""

from typing import Any

import pytest

from tests.client_api.chats import TEXT, at, bodies, event, redact, two_in_a_room
from tests.client_api.rooms import timeline
from tests.server import Server


@pytest.mark.parametrize("version", ["10", "11", "12"])
async def test_what_was_redacted_stands_where_old_and_new_clients_look(open_amanat: Server, version: str) -> None:
    alice = await open_amanat.user("alice")
    room = await alice.create_room(room_version=version)
    said = await alice.send(room, "regretted", event_type=TEXT)
    sent = await alice.put(at(room, f"redact/{said}/t"), {})

    redaction = await event(alice, room, sent.json["event_id"])
    assert redaction["redacts"] == redaction["content"]["redacts"] == said


async def test_a_redaction_may_be_sent_as_an_event(open_amanat: Server) -> None:
    alice = await open_amanat.user("alice")
    room = await alice.create_room()
    said = await alice.send(room, "regretted", event_type=TEXT)
    reply = await alice.put(at(room, "send/m.room.redaction/t"), {"redacts": said, "note": "not kept"})

    assert (await event(alice, room, said))["content"] == {}
    assert "note" not in (await event(alice, room, reply.json["event_id"]))["content"]


@pytest.mark.parametrize("content", [{}, {"redacts": 1}])
async def test_a_redaction_of_nothing_is_refused(open_amanat: Server, content: dict[str, Any]) -> None:
    alice = await open_amanat.user("alice")
    room = await alice.create_room()

    assert (await alice.put(at(room, "send/m.room.redaction/t"), content)).errcode == "M_BAD_JSON"


async def test_people_redact_what_is_theirs_and_moderators_the_rest(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    hers = await alice.send(room, "hers", event_type=TEXT)
    his = await bob.send(room, "his", event_type=TEXT)
    assert (await bob.put(at(room, f"redact/{hers}/t"), {})).errcode == "M_FORBIDDEN"
    await redact(alice, room, his)

    assert bodies(await timeline(bob, room)) == ["hers"]


async def test_what_is_elsewhere_is_not_redacted(open_amanat: Server) -> None:
    alice = await open_amanat.user("alice")
    room, other = await alice.create_room(), await alice.create_room()
    said = await alice.send(other, "elsewhere", event_type=TEXT)

    assert (await alice.put(at(room, f"redact/{said}/t"), {})).status == 404
    assert bodies(await timeline(alice, other)) == ["elsewhere"]


async def test_a_members_redacted_row_keeps_the_membership_alone(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await bob.put(f"/profile/{bob.user_id}/displayname", {"displayname": "Budi"})
    members = (await alice.get(at(room, "members"))).json["chunk"]
    (shown,) = [each for each in members if each["state_key"] == bob.user_id]
    await redact(alice, room, shown["event_id"])

    joined = (await alice.get(at(room, "joined_members"))).json["joined"]
    assert "display_name" not in joined[bob.user_id]
    assert (await bob.sync())["rooms"]["join"].keys() == {room}
