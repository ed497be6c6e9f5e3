"""Messages to devices go out in as few requests as they fit into, and each once."""

import msgspec

from amanat.gateway.device.tables import TO_DEVICE_OUTBOX
from amanat.gateway.device.to_device import PER_REQUEST, Addressed, ToDeviceOutbox
from tests.gateway.device.town import Town
from tests.store.schema import everything_in

WITHHELD = {"algorithm": "m.megolm.v1.aes-sha2", "code": "m.no_olm", "sender_key": "A" * 43}


async def test_they_are_shared_out_among_requests(town: Town) -> None:
    office = await town.office()
    messages: list[Addressed] = [("@alice:x", str(number), {}) for number in range(PER_REQUEST + 1)]
    rows = ToDeviceOutbox(office.ground).prepare("m.dummy", messages, room_id=None)
    carried = [msgspec.json.decode(row.messages)["messages"]["@alice:x"] for row in rows]
    assert [len(each) for each in carried] == [PER_REQUEST, 1]
    assert len({row.txn_id for row in rows}) == 2


async def test_what_is_lost_on_the_way_back_arrives_once(town: Town) -> None:
    office, alice = await town.office(), await town.server.user("alice")
    outbox = ToDeviceOutbox(office.ground)
    to_alice: list[Addressed] = [(alice.user_id, alice.device_id, WITHHELD)]
    rows = outbox.prepare("m.room_key.withheld", to_alice, room_id="!r")
    await office.store.write(lambda tx: outbox.put(tx, rows))
    (kept,) = await everything_in(office.store, TO_DEVICE_OUTBOX)
    for _ in range(2):
        await office.ground.api.send_to_device(kept.type, txn_id=kept.txn_id, messages=kept.messages)
    await outbox.deliver_of("!r")
    assert await everything_in(office.store, TO_DEVICE_OUTBOX) == []
    (event,) = (await alice.sync())["to_device"]["events"]
    assert (event["type"], event["content"]) == ("m.room_key.withheld", WITHHELD)


async def test_what_the_server_will_never_take_is_let_go(town: Town) -> None:
    office = await town.office()
    outbox = ToDeviceOutbox(office.ground)
    in_clear: list[Addressed] = [(office.user_id, "X", {"body": "in clear"})]
    rows = outbox.prepare("m.room.message", in_clear, room_id=None)
    await office.store.write(lambda tx: outbox.put(tx, rows))
    await outbox.deliver_apart()
    await outbox.deliver_all()
    assert await everything_in(office.store, TO_DEVICE_OUTBOX) == []
