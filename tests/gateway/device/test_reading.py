"""Events are read with whose device wrote them; what claims to be another's is not."""

from msgspec import json
from msgspec.structs import replace

from amanat.gateway.device.happenings import Received
from amanat.gateway.device.reading import Read, Reader, Reading, Unread, Unwanted
from amanat.gateway.device.tables import DEVICES, ROOM_KEYS, DeviceRow, InboxRow
from tests.gateway.device.town import Citizen, Town
from tests.store.schema import everything_in


async def said_by(alice: Citizen, office: Citizen) -> InboxRow:
    """Have Alice say something that the office has heard, and return it as it came."""
    room_id = await alice.create_room(office)
    await alice.say(room_id, "hello")
    heard = await office.echo.hears("hello")
    reply = await office.ground.api._ask("GET", f"/_matrix/client/v3/rooms/{room_id}/event/{heard.event_id}")
    return InboxRow(1, room_id, reply)


async def read(office: Citizen, row: InboxRow) -> Reading:
    (reading,) = await Reader(office.ground, office.device._lists).read([row])
    return reading


async def test_a_message_says_whose_device_wrote_it(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    row = await said_by(alice, office)
    reading = await read(office, row)
    assert isinstance(reading, Read)
    assert isinstance(reading.received, Received)
    assert (reading.received.content["body"], reading.received.trust) == ("hello", "unidentified")
    await alice.publish_identity()
    office.device._lists.heard_of_changes([alice.user_id])
    await office.device._lists._ask([alice.user_id])
    reading = await read(office, row)
    assert isinstance(reading, Read)
    assert isinstance(reading.received, Received)
    assert reading.received.trust == "vouched"


async def test_who_publishes_another_s_key_keeps_nobody_from_being_heard(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    row = await said_by(alice, office)
    stolen = DeviceRow("@zoe:localhost", "X", alice.device._own.identity.curve25519, "another", 0)
    await office.store.write(lambda tx: tx.put(DEVICES, stolen))
    assert isinstance(await read(office, row), Read)


async def test_a_key_that_claims_to_be_of_another_device_opens_nothing(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    row = await said_by(alice, office)
    (key,) = await everything_in(office.store, ROOM_KEYS)
    await office.store.write(lambda tx: tx.put(ROOM_KEYS, replace(key, ed25519="another")))
    assert isinstance(await read(office, row), Unwanted)
    await office.store.write(lambda tx: tx.delete(ROOM_KEYS, key.room_id, key.session_id))
    assert isinstance(await read(office, row), Unread)


async def test_state_that_does_not_say_where_it_stands_is_not_taken(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    row = await said_by(alice, office)
    for state_key in "m.room.message:", "m.room.name:", "":
        moved = json.encode(json.decode(row.event) | {"state_key": state_key})
        assert isinstance(await read(office, replace(row, event=moved)), Unwanted)
