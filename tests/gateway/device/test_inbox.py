"""What came is handled once, in its room's order, whatever else is sent again."""

from typing import Any

import msgspec

from amanat.db.tx import Tx
from amanat.gateway.device.inbox import MAX_WAITING
from amanat.gateway.device.tables import IN_STREAM, INBOX, WAITING_EVENTS, InboxRow
from tests.gateway.device.town import Citizen, Town
from tests.server import ciphertext
from tests.store.schema import everything_in


async def came_again(office: Citizen, room_id: str, event: dict[str, Any]) -> None:
    """Have an event come, as a server could make it, and wait until it was looked at."""

    def put(tx: Tx) -> None:
        tx.put(INBOX, InboxRow(tx.next(IN_STREAM), room_id, msgspec.json.encode(event)))

    office.device._inbox._emptied.clear()
    await office.store.write(put)
    office.device._inbox.came()
    await office.device._inbox.empty()


async def test_what_was_said_is_not_heard_again(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    room_id = await alice.create_room(office)
    await alice.say(room_id, "once")
    heard = await office.echo.hears("once")
    event = (await office.person.get(f"/rooms/{room_id}/event/{heard.event_id}")).json
    await came_again(office, room_id, event)  # the server tells it twice
    await came_again(office, room_id, event | {"event_id": "$another"})  # somebody sends it again
    await came_again(office, room_id, event | {"event_id": "$later", "origin_server_ts": 1})
    await came_again(office, room_id, event | {"event_id": "$eve", "sender": "@eve:localhost"})
    assert office.echo.texts == ["once"]
    assert await everything_in(office.store, INBOX) == []


async def test_a_message_in_clear_is_not_heard(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    room_id = await alice.create_room(office)
    clear: dict[str, Any] = {
        "type": "m.room.message",
        "sender": alice.user_id,
        "event_id": "$c",
        "content": {"body": "in clear"},
    }
    await came_again(office, room_id, clear)
    reaction = clear | {"type": "m.reaction", "event_id": "$r"}
    await came_again(office, room_id, reaction)
    assert office.echo.texts == []
    assert [received.event_id for received in office.echo.received if received.type == "m.reaction"] == ["$r"]


async def test_what_cannot_be_read_waits_and_not_without_end(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    room_id = await alice.create_room(office)
    for number in range(MAX_WAITING + 2):
        event = {"type": "m.room.encrypted", "sender": alice.user_id, "event_id": f"${number}"}
        await came_again(office, room_id, event | {"content": ciphertext("x")})
    assert len(await everything_in(office.store, WAITING_EVENTS)) == MAX_WAITING


async def test_nonsense_is_dropped(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    room_id = await alice.create_room(office)
    nonsense: list[dict[str, Any]] = [
        {},
        {"type": "m.room.encrypted", "sender": alice.user_id, "event_id": "$1", "content": {}},
        {"type": "m.room.encrypted", "sender": alice.user_id, "event_id": "\0", "content": ciphertext("x")},
    ]
    for event in nonsense:
        await came_again(office, room_id, event)
    await alice.say(room_id, "still there")
    await alice.echo.hears("You said: still there")
