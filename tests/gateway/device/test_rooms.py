"""What a sync tells of rooms: how they are encrypted, which never ends, and who reads what is said."""

from typing import Any

import msgspec
import pytest

from amanat.gateway.device import rooms
from amanat.gateway.device.published_keys import MEGOLM
from amanat.gateway.device.sync_response import decode
from amanat.gateway.device.tables import MEMBERS, ROOMS, MemberRow, RoomRow
from amanat.gateway.store.store import GatewayStore
from tests.store.schema import everything_in

OFFICE, ROOM = "@office:x", "!room"


def state(kind: str, content: dict[str, Any], *, key: str = "", sender: str = "@alice:x") -> dict[str, Any]:
    return {"type": kind, "content": content, "state_key": key, "sender": sender, "event_id": "$e"}


def member(user_id: str, membership: str) -> dict[str, Any]:
    return state("m.room.member", {"membership": membership}, key=user_id)


async def told(store: GatewayStore, *events: dict[str, Any], where: str = "join") -> RoomRow | None:
    """Have a sync tell of state in a room, and return the room."""
    room = {"invite": {"invite_state": {"events": events}}, "join": {"state": {"events": events}}}.get(where, {})
    response = decode(msgspec.json.encode({"next_batch": "s", "rooms": {where: {ROOM: room}}}))
    await store.write(lambda tx: rooms.apply(tx, response, user_id=OFFICE), needs=rooms.needs(response))
    return await store.first(rooms.ROOM, room_id=ROOM)


ENCRYPTION = {"algorithm": MEGOLM, "rotation_period_ms": 1000, "rotation_period_msgs": 5}


async def test_encryption_and_who_reads_history_are_kept(gateway_store: GatewayStore) -> None:
    visibility = state("m.room.history_visibility", {"history_visibility": "joined"})
    row = await told(gateway_store, state("m.room.encryption", ENCRYPTION), visibility)
    assert row == RoomRow(ROOM, "join", None, MEGOLM, 1000, 5, "joined")


@pytest.mark.parametrize("content", [{}, {"algorithm": ""}, {"algorithm": None, "rotation_period_ms": -1}])
async def test_encryption_never_ends(gateway_store: GatewayStore, content: dict[str, Any]) -> None:
    before = await told(gateway_store, state("m.room.encryption", ENCRYPTION))
    assert await told(gateway_store, state("m.room.encryption", content)) == before
    assert rooms.is_encrypted(before)


async def test_members_come_and_go(gateway_store: GatewayStore) -> None:
    await told(gateway_store, member("@alice:x", "join"), member("@bob:x", "invite"), member("@eve:x", "join"))
    await told(gateway_store, member("@eve:x", "ban"), member("@bob:x", "join"))
    assert await everything_in(gateway_store, MEMBERS) == [
        MemberRow(ROOM, "@alice:x", "join"),
        MemberRow(ROOM, "@bob:x", "join"),
    ]


async def test_an_invitation_says_who_invites_and_whether_it_is_encrypted(gateway_store: GatewayStore) -> None:
    events = member(OFFICE, "invite"), state("m.room.encryption", ENCRYPTION)
    row = await told(gateway_store, *events, where="invite")
    assert row is not None
    assert (row.membership, row.inviter, rooms.is_encrypted(row)) == ("invite", "@alice:x", True)
    left = await told(gateway_store, where="leave")
    assert left is not None
    assert left.membership == "leave"


async def test_a_room_that_was_never_known_is_not_left(gateway_store: GatewayStore) -> None:
    await told(gateway_store, where="leave")
    assert await everything_in(gateway_store, ROOMS) == []


@pytest.mark.parametrize(("visibility", "readers"), [("shared", ["@a:x", "@b:x"]), ("joined", ["@a:x"])])
def test_the_invited_read_too_unless_history_begins_when_they_join(visibility: str, readers: list[str]) -> None:
    row = RoomRow(ROOM, "join", history_visibility=visibility)
    members = [MemberRow(ROOM, "@a:x", "join"), MemberRow(ROOM, "@b:x", "invite")]
    assert rooms.receivers(row, members) == readers
