"""Keys of others' messages: what fits is kept, what does not is not, and nothing is said twice."""

from typing import Any

import msgspec
import pytest
from vodozemac import GroupSession

from amanat.db.tx import Tx
from amanat.gateway.device import room_keys
from amanat.gateway.device.olm import Letter
from amanat.gateway.device.pickles import Pickles
from amanat.gateway.device.published_keys import MEGOLM
from amanat.gateway.device.room_keys import Forged, Opened, Replayed, RoomKey, open_message, room_key_in
from amanat.gateway.device.tables import INBOX, ROOM_KEYS, ROOMS, WAITING_EVENTS, RoomKeyRow, RoomRow, WaitingEventRow
from amanat.gateway.store.store import GatewayStore
from tests.store.schema import everything_in

ALICE, ROOM = "@alice:x", "!room"
PICKLES = Pickles(b"k" * 32)


def letter(session: GroupSession, **other: Any) -> Letter:
    content = {
        "algorithm": MEGOLM,
        "room_id": ROOM,
        "session_id": session.session_id,
        "session_key": session.session_key.to_base64(),
    }
    return Letter(type="m.room_key", content=content | other, user_id=ALICE, sender_key="S", ed25519="E")


def key_of(session: GroupSession) -> RoomKey:
    key = room_key_in(letter(session))
    assert key is not None
    return key


def said(session: GroupSession, body: str = "hello", *, room_id: str = ROOM, **outside: Any) -> dict[str, Any]:
    payload = {"room_id": room_id, "type": "m.room.message", "content": {"body": body}}
    return {"ciphertext": session.encrypt(msgspec.json.encode(payload)).to_base64()} | outside


async def keep(store: GatewayStore, key: RoomKey) -> RoomKeyRow:
    await store.write(lambda tx: tx.put(ROOMS, RoomRow(ROOM, "join")))
    await store.write(lambda tx: room_keys.keep(tx, key, pickles=PICKLES, now_ms=1), needs=key.needs)
    (row,) = await everything_in(store, ROOM_KEYS)
    return row


@pytest.mark.parametrize(
    "other",
    [{"algorithm": "m.other"}, {"session_id": "other"}, {"session_key": "?"}, {"room_id": 1}, {"room_id": "\0"}],
)
def test_a_key_that_does_not_fit_its_description_is_none(other: dict[str, Any]) -> None:
    assert room_key_in(letter(GroupSession(), **other)) is None


async def test_a_key_opens_what_is_said_with_it(gateway_store: GatewayStore) -> None:
    session = GroupSession()
    row = await keep(gateway_store, key_of(session))
    relation: dict[str, Any] = {"m.relates_to": {"rel_type": "m.thread"}}
    opened = open_message(row, said(session, **relation), sender=ALICE, pickles=PICKLES)
    assert opened is not None
    assert (opened.type, opened.content, opened.message_index) == ("m.room.message", {"body": "hello"} | relation, 0)


async def test_what_does_not_belong_to_the_key_is_forged(gateway_store: GatewayStore) -> None:
    session = GroupSession()
    row = await keep(gateway_store, key_of(session))
    for content, sender in (
        (said(session), "@eve:x"),
        (said(session, room_id="!other"), ALICE),
        (said(GroupSession()), ALICE),
        ({"ciphertext": "?"}, ALICE),
        ({}, ALICE),
    ):
        with pytest.raises(Forged):
            open_message(row, content, sender=sender, pickles=PICKLES)


async def test_a_key_from_further_back_replaces_one_and_never_the_other_way(gateway_store: GatewayStore) -> None:
    session = GroupSession()
    first = key_of(session)
    early = said(session)
    later = key_of(session)
    row = await keep(gateway_store, later)
    assert open_message(row, early, sender=ALICE, pickles=PICKLES) is None
    for key in first, later:
        row = await keep(gateway_store, key)
        assert row.first_index == 0
    assert open_message(row, early, sender=ALICE, pickles=PICKLES) is not None


async def test_nobody_takes_another_s_key_over(gateway_store: GatewayStore) -> None:
    session = GroupSession()
    later_letter = letter(session)
    row = await keep(gateway_store, key_of(session))
    stolen = Letter(type="m.room_key", content=later_letter.content, user_id="@eve:x", sender_key="EVE", ed25519="E")
    key = room_key_in(stolen)
    assert key is not None
    assert await keep(gateway_store, key) == row


async def test_a_key_of_a_room_that_is_not_ours_is_not_kept(gateway_store: GatewayStore) -> None:
    key = key_of(GroupSession())
    await gateway_store.write(lambda tx: room_keys.keep(tx, key, pickles=PICKLES, now_ms=1), needs=key.needs)
    assert await everything_in(gateway_store, ROOM_KEYS) == []


async def test_what_waited_for_a_key_is_handled_once_it_comes(gateway_store: GatewayStore) -> None:
    session = GroupSession()
    waiting = WaitingEventRow(ROOM, session.session_id, "$e", b"{}", 1, 0)
    await gateway_store.write(lambda tx: tx.put(WAITING_EVENTS, waiting))
    await keep(gateway_store, key_of(session))
    assert await everything_in(gateway_store, WAITING_EVENTS) == []
    assert [row.event for row in await everything_in(gateway_store, INBOX)] == [b"{}"]


async def test_an_index_is_used_once(gateway_store: GatewayStore) -> None:
    opened = Opened(type="m.room.message", content={}, state_key=None, session_id="s", message_index=7)

    async def remember(event_id: str, ts: int) -> bool:
        def run(tx: Tx) -> bool:
            return room_keys.remember(tx, opened, room_id=ROOM, event_id=event_id, ts=ts)

        return await gateway_store.write(run, needs=[room_keys.opened_need(ROOM, opened)])

    assert await remember("$first", 1)
    assert not await remember("$first", 1)
    for other in ("$other", 1), ("$first", 2):
        with pytest.raises(Replayed):
            await remember(*other)


def test_session_ids_are_keys() -> None:
    session = GroupSession()
    contents: list[dict[str, Any]] = [{"session_id": session.session_id}, {"session_id": "\0"}, {"session_id": 1}, {}]
    assert room_keys.session_ids(contents) == [session.session_id]
