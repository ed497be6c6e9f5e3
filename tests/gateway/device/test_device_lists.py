"""Whose devices there are is asked once, and again when the server says that something has changed."""

import asyncio
from typing import Any

from amanat.gateway.device.device_lists import DEVICES_OF, LISTS_KNOWN
from amanat.gateway.device.happenings import HeldBack
from tests.client_api.keys import Identity
from tests.gateway.device.town import Citizen, Town


def queries(citizen: Citizen) -> int:
    return sum("keys/query" in line for line in citizen.road.asked)


async def test_a_list_is_asked_for_once_however_many_want_it(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    before = queries(office)
    lists = office.device._lists
    await asyncio.gather(*(lists.know([alice.user_id]) for _ in range(5)))
    await lists.know([alice.user_id])
    assert queries(office) == before + 1
    (row,) = await office.store.all(DEVICES_OF, user_ids=[alice.user_id])
    assert (row.device_id, row.ed25519, row.vouched) == (alice.person.device_id, alice.device.ed25519, 0)


async def test_a_new_device_makes_it_asked_for_again(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    room_id = await alice.create_room(office)
    await alice.say(room_id, "one")
    await alice.echo.hears("You said: one")
    tablet = await town.citizen("alice", person=await town.server.login("alice"))
    await alice.say(room_id, "two")
    await tablet.echo.hears("You said: two")
    assert "You said: one" not in tablet.echo.texts


async def test_a_changed_identity_holds_messages_back_until_it_is_accepted(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    await alice.publish_identity()
    room_id = await alice.create_room(office)
    await alice.say(room_id, "one")
    received = await office.echo.hears("one")
    assert received.trust == "vouched"
    await alice.echo.hears("You said: one")
    other = Identity(alice.person, "other")
    auth: dict[str, Any] = {"type": "m.login.password", "password": "alice's long password"}
    auth |= {"identifier": {"type": "m.id.user", "user": "alice"}}
    reply = await alice.person.post("/keys/device_signing/upload", other.upload())
    reply = await alice.person.post(
        "/keys/device_signing/upload", other.upload() | {"auth": auth | {"session": reply.json["session"]}}
    )
    assert reply.status == 200, reply.json
    await office.device._lists._ask([alice.user_id])  # as it does once the server tells of the change
    await office.say(room_id, "two")
    held = await office.echo.told_of(HeldBack)
    assert (held.reason, held.user_ids) == ("identity_changed", [alice.user_id])
    assert await office.device.accept_identity(alice.user_id)
    await office.echo.until(lambda: len(_held(office)) == 2 or None, "is held back for want of a device")
    assert _held(office)[1].reason == "no_device"  # the new identity vouches for none yet
    assert "two" not in alice.echo.texts


def _held(office: Citizen) -> list[HeldBack]:
    return [happening for happening in office.echo.told if isinstance(happening, HeldBack)]


async def test_nobody_is_accepted_who_has_not_changed(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    await office.device._lists.know([alice.user_id])
    assert not await office.device.accept_identity(alice.user_id)


async def test_a_change_while_it_is_asked_for_leaves_it_unknown(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    lists = office.device._lists

    def change(line: str) -> None:
        if "keys/query" in line:
            lists.heard_of_changes([alice.user_id])

    office.road.loses = change
    await lists._ask([alice.user_id])
    assert await office.store.all(LISTS_KNOWN, user_ids=[alice.user_id]) == []
