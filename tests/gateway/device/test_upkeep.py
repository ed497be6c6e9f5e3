"""Invitations are answered, and who said something that cannot be read is not left without a word."""

import msgspec

from amanat.gateway.device.device import Policy
from amanat.gateway.device.happenings import Unreadable
from amanat.gateway.device.tables import ROOMS, WAITING_EVENTS, WaitingEventRow
from amanat.gateway.device.upkeep import PATIENCE_MS
from tests.gateway.device.town import Citizen, Town, until
from tests.server import Server, ciphertext
from tests.store.schema import everything_in


async def test_an_invitation_to_a_room_in_clear_is_declined(open_amanat: Server, tmp_path) -> None:
    town = Town(open_amanat, tmp_path / "people")
    office, alice = await town.office(), await town.server.user("alice")
    room_id = await alice.create_room(preset="public_chat", invite=[office.user_id])
    await office.road.has_asked("/leave", times=1)
    members = (await alice.get(f"/rooms/{room_id}/members")).json["chunk"]
    memberships = {event["state_key"]: event["content"]["membership"] for event in members}
    assert memberships[office.user_id] == "leave"
    await town.close()


async def test_an_invitation_that_the_service_does_not_want_is_declined(town: Town) -> None:
    office, alice = await town.office(policy=Policy(refuses=lambda _: "not you")), await town.server.user("alice")
    room_id = await alice.create_room(invite=[office.user_id])
    await office.road.has_asked("/leave", times=1)
    members = (await alice.get(f"/rooms/{room_id}/members")).json["chunk"]
    left = next(each for each in members if each["state_key"] == office.user_id)
    assert (left["content"]["membership"], left["content"]["reason"]) == ("leave", "not you")

    async def forgotten() -> bool:
        return await everything_in(office.store, ROOMS) == []

    await until(forgotten)


async def unread(office: Citizen, alice: Citizen) -> None:
    """Have something said that the office has no key of."""
    room_id = await alice.create_room(office)
    reply = await alice.person.put(f"/rooms/{room_id}/send/m.room.encrypted/x", ciphertext("x"))
    assert reply.status == 200
    await alice.say(room_id, "readable")
    await office.echo.hears("readable")
    assert len(await everything_in(office.store, WAITING_EVENTS)) == 1


async def test_what_cannot_be_read_is_told_of_once(town: Town) -> None:
    office = await town.office()
    now_ms = office.ground.now_ms()
    event = {"type": "m.room.encrypted", "sender": "@a:x", "content": {}, "origin_server_ts": now_ms - PATIENCE_MS}
    waiting = WaitingEventRow("!r", "s", "$e", msgspec.json.encode(event), now_ms - PATIENCE_MS - 1, 0)
    await office.store.write(lambda tx: tx.put(WAITING_EVENTS, waiting))
    for _ in range(2):
        await office.device._upkeep.tell_of_unread()
    unread = [happening for happening in office.echo.told if isinstance(happening, Unreadable)]
    assert unread == [Unreadable(room_id="!r", event_id="$e", sender="@a:x", ts=now_ms - PATIENCE_MS)]


async def test_nobody_is_told_that_a_name_cannot_be_read(town: Town) -> None:
    office = await town.office()
    now_ms = office.ground.now_ms()
    event = {"type": "m.room.encrypted", "state_key": "m.room.name:", "sender": "@a:x", "content": {}}
    encoded = msgspec.json.encode(event | {"origin_server_ts": now_ms - PATIENCE_MS})
    waiting = WaitingEventRow("!r", "s", "$e", encoded, now_ms - PATIENCE_MS - 1, 0)
    await office.store.write(lambda tx: tx.put(WAITING_EVENTS, waiting))
    await office.device._upkeep.tell_of_unread()
    assert [each.told for each in await everything_in(office.store, WAITING_EVENTS)] == [1]
    assert not any(isinstance(each, Unreadable) for each in office.echo.told)


async def test_what_was_said_long_ago_is_not_told_of(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    await unread(office, alice)
    upkeep = office.device._upkeep
    await upkeep.tell_of_unread()
    assert not any(isinstance(each, Unreadable) for each in office.echo.told)
    (waiting,) = await everything_in(office.store, WAITING_EVENTS)
    upkeep._now_ms = lambda: waiting.since_ts + PATIENCE_MS + 1
    # The server's clock, in this test, is years behind: the event is too old to be told of.
    await upkeep.tell_of_unread()
    assert [each.told for each in await everything_in(office.store, WAITING_EVENTS)] == [1]
    assert not any(isinstance(each, Unreadable) for each in office.echo.told)
