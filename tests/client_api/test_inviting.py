"""Inviting people through the front door."""

import pytest

from tests.client_api.rooms import act, at, content_of, timeline
from tests.server import Server


async def test_an_invitation_says_who_invites_and_why(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(name="Tea")
    assert (await act(alice, room, "invite", bob, reason="There is tea")).json == {}
    shown = (await bob.sync())["rooms"]["invite"][room]["invite_state"]["events"]
    types = {(event["type"], event["state_key"]) for event in shown}
    assert ("m.room.create", "") in types
    assert ("m.room.member", alice.user_id) in types
    assert all(set(event) == {"type", "state_key", "sender", "content"} for event in shown)
    assert (await content_of(alice, room, "m.room.member", bob.user_id))["reason"] == "There is tea"


async def test_inviting_twice_sends_nothing(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(invite=[bob.user_id])
    before = await timeline(alice, room)
    await alice.invite(room, bob.user_id)
    assert len(await timeline(alice, room)) == len(before)


async def test_whoever_is_in_the_room_or_banned_cannot_be_invited(amanat: Server) -> None:
    alice, bob, carol = [await amanat.user(name) for name in ("alice", "bob", "carol")]
    room = await alice.create_room(preset="public_chat")
    await bob.join(room)
    await act(alice, room, "ban", carol)
    assert (await act(alice, room, "invite", bob)).status == 403
    assert (await act(alice, room, "invite", carol)).status == 403


async def test_only_members_invite(amanat: Server) -> None:
    alice, bob, eve = [await amanat.user(name) for name in ("alice", "bob", "eve")]
    for room in (await alice.create_room(), "!nowhere"):
        assert (await act(eve, room, "invite", bob)).status == 403


@pytest.mark.parametrize(
    ("body", "status", "errcode"),
    [
        ({"user_id": "@bob:elsewhere.org"}, 403, "M_FORBIDDEN"),
        ({"user_id": "@nobody:localhost"}, 403, "M_FORBIDDEN"),
        ({"user_id": "bob"}, 400, "M_INVALID_PARAM"),
        ({"user_id": 1}, 400, "M_BAD_JSON"),
        ({}, 400, "M_MISSING_PARAM"),
        ({"medium": "email", "address": "a@b.c", "id_server": "x"}, 403, "M_THREEPID_DENIED"),
    ],
)
async def test_only_people_of_this_server_are_invited(
    amanat: Server, body: dict[str, object], status: int, errcode: str
) -> None:
    alice = await amanat.user("alice")
    refused = await alice.post(at(await alice.create_room(), "invite"), body)
    assert (refused.status, refused.errcode) == (status, errcode)
