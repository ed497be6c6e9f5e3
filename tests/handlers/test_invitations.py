"""Who may be invited."""

from urllib.parse import quote

import pytest

from tests.client_api.rooms import act, membership
from tests.server import Server

BLOCK = {"default_action": "block"}


@pytest.mark.parametrize("config", ["m.invite_permission_config", "org.matrix.msc4380.invite_permission_config"])
async def test_whoever_blocks_invitations_gets_none(amanat: Server, config: str) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room()
    path = f"/user/{quote(bob.user_id)}/account_data/{config}"
    assert (await bob.put(path, BLOCK)).status == 200
    ways = [
        await act(alice, room, "invite", bob),
        await alice.post("/createRoom", {"invite": [bob.user_id]}),
        await alice.set_state(room, "m.room.member", {"membership": "invite"}, state_key=bob.user_id),
    ]
    assert [(way.status, way.errcode) for way in ways] == [(403, "M_INVITE_BLOCKED")] * 3
    await bob.put(path, {})
    await alice.invite(room, bob.user_id)
    assert await membership(alice, room, bob) == "invite"


async def test_whoever_is_invited_already_may_be_named_again(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(invite=[bob.user_id])
    await bob.put(f"/user/{quote(bob.user_id)}/account_data/m.invite_permission_config", BLOCK)
    assert (await act(alice, room, "invite", bob)).status == 200


@pytest.mark.parametrize("content", [{}, {"default_action": "allow"}, {"default_action": ["block"]}])
async def test_other_settings_block_nothing(amanat: Server, content: object) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await bob.put(f"/user/{quote(bob.user_id)}/account_data/m.invite_permission_config", content)
    await alice.create_room(invite=[bob.user_id])


async def test_whoever_blocks_invitations_sees_none_that_they_have(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(invite=[bob.user_id])
    path = f"/user/{quote(bob.user_id)}/account_data/m.invite_permission_config"
    await bob.put(path, BLOCK)
    assert "invite" not in (await bob.sync()).get("rooms", {})
    await bob.put(path, {})
    assert room in (await bob.sync())["rooms"]["invite"]
