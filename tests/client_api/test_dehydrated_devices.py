"""Dehydrated devices (MSC3814) through the front door."""

import asyncio
from typing import Any

from tests.client_api.keys import ALGORITHM, claim, one_time_keys
from tests.core.signing import device
from tests.server import Person, Server

PATH = "/_matrix/client/unstable/org.matrix.msc3814.v1/dehydrated_device"


def _asleep(person: Person, device_id: str) -> Person:
    """Return a device that is not logged in, to sign as."""
    return Person(person.server, user_id=person.user_id, device_id=device_id, token="")


def _body(person: Person, device_id: str, **more: Any) -> dict[str, Any]:
    sleeper = _asleep(person, device_id)
    return {
        "device_id": device_id,
        "device_data": {"algorithm": "org.matrix.msc3814.v2", "device_pickle": "p", "nonce": "n"},
        "initial_device_display_name": "Dehydrated device",
        "device_keys": device(person.user_id, device_id, dehydrated=True),
        "one_time_keys": one_time_keys(sleeper, ["A"]),
        "fallback_keys": one_time_keys(sleeper, ["F"], fallback=True),
    } | more


async def _send(sender: Person, owner: Person, device_id: str, number: int = 0) -> None:
    content = {"action": "request_cancellation", "request_id": f"r{number}", "requesting_device_id": "D"}
    body = {"messages": {owner.user_id: {device_id: content}}}
    reply = await sender.put(f"/sendToDevice/m.room_key_request/{device_id}{number}", body)
    assert reply.status == 200, reply.json


async def _devices(reader: Person, owner: Person) -> Any:
    found = await reader.post("/keys/query", {"device_keys": {owner.user_id: []}})
    return found.json["device_keys"][owner.user_id]


async def test_a_dehydrated_device_is_talked_to_like_any_other(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    body = _body(alice, "SLEEP")
    assert (await alice.put(PATH, body)).json == {"device_id": "SLEEP"}
    shown = (await _devices(bob, alice))["SLEEP"]
    assert shown["dehydrated"] is True
    assert shown["unsigned"] == {"device_display_name": "Dehydrated device"}
    assert [await claim(bob, _asleep(alice, "SLEEP")) for _ in range(2)] == [{"SLEEP": "A"}, {"SLEEP": "F"}]
    await _send(bob, alice, "SLEEP")
    await _send(bob, alice, "*", 1)
    assert (await alice.get(PATH)).json == {"device_id": "SLEEP", "device_data": body["device_data"]}
    told = await alice.post(f"{PATH}/SLEEP/events", {})
    assert [event["content"]["request_id"] for event in told.json["events"]] == ["r0", "r1"]


async def test_events_come_in_pages_and_may_be_read_again(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await alice.put(PATH, _body(alice, "SLEEP"))
    for number in range(120):
        await _send(bob, alice, "SLEEP", number)
    for _ in range(2):
        pages, token = [], None
        for _ in range(3):
            body: dict[str, Any] = {} if token is None else {"next_batch": token}
            page = (await alice.post(f"{PATH}/SLEEP/events", body)).json
            pages.append(len(page["events"]))
            token = page["next_batch"]
        assert pages == [100, 20, 0]


async def test_a_new_one_takes_the_place_of_the_old_with_all_that_was_its(on_both: Server) -> None:
    alice, bob = await on_both.user("alice"), await on_both.user("bob")
    await alice.put(PATH, _body(alice, "OLD"))
    await _send(bob, alice, "OLD")
    since = (await alice.sync())["next_batch"]
    await alice.put(PATH, _body(alice, "NEW"))
    assert list(await _devices(bob, alice)) == ["NEW"]
    assert await claim(bob, _asleep(alice, "OLD")) == {}
    assert (await alice.sync(since))["device_lists"]["changed"] == [alice.user_id]
    gone = await alice.post(f"{PATH}/OLD/events", {})
    assert (gone.status, gone.errcode) == (403, "M_FORBIDDEN")


async def test_a_request_that_is_repeated_loses_no_message(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await alice.put(PATH, _body(alice, "SLEEP"))
    await _send(bob, alice, "SLEEP")
    assert (await alice.put(PATH, _body(alice, "SLEEP"))).status == 200
    assert len((await alice.post(f"{PATH}/SLEEP/events", {})).json["events"]) == 1


async def test_of_several_put_at_once_one_is_left(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    replies = await asyncio.gather(*(alice.put(PATH, _body(alice, f"S{number}")) for number in range(5)))
    assert [reply.status for reply in replies] == [200] * 5
    assert list(await _devices(bob, alice)) == [(await alice.get(PATH)).json["device_id"]]


async def test_it_can_be_deleted(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await alice.put(PATH, _body(alice, "SLEEP"))
    assert (await alice.delete(PATH)).json == {"device_id": "SLEEP"}
    assert await _devices(bob, alice) == {}
    for reply in (await alice.delete(PATH), await alice.get(PATH), await alice.post(f"{PATH}/SLEEP/events", {})):
        assert (reply.status, reply.errcode) == (404, "M_NOT_FOUND")


async def test_what_is_no_dehydrated_device_is_refused(amanat: Server) -> None:
    alice = await amanat.user("alice")
    for change, errcode in (
        ({"device_id": "*"}, "M_INVALID_PARAM"),
        ({"device_id": "OTHER"}, "M_INVALID_PARAM"),
        ({"device_data": []}, "M_BAD_JSON"),
        ({"device_data": {"a": "x" * 70_000}}, "M_TOO_LARGE"),
        ({"device_keys": None}, "M_MISSING_PARAM"),
        ({"one_time_keys": {f"{ALGORITHM}:A": {}}}, "M_INVALID_PARAM"),
    ):
        refused = await alice.put(PATH, _body(alice, "SLEEP") | change)
        assert refused.errcode == errcode, change
    awake = await alice.put(PATH, _body(alice, alice.device_id))
    assert (awake.status, awake.errcode) == (403, "M_FORBIDDEN")
    assert (await alice.get(PATH)).status == 404
