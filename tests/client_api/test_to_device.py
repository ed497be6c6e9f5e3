"""Messages to devices through the front door: kept until confirmed, told once."""

import asyncio
from pathlib import Path
from typing import Any

from tests.server import Person, Reply, Server, start

REQUEST = "m.room_key_request"


def _content(number: int = 0) -> dict[str, Any]:
    return {"action": "request_cancellation", "request_id": f"r{number}", "requesting_device_id": "D"}


async def _send(sender: Person, *to: Person, txn: str = "t", number: int = 0) -> None:
    messages: dict[str, dict[str, Any]] = {}
    for each in to:
        messages.setdefault(each.user_id, {})[each.device_id] = _content(number)
    reply = await _put(sender, messages, txn=txn)
    assert reply.status == 200, reply.json


async def _put(sender: Person, messages: Any, *, txn: str = "t", event_type: str = REQUEST) -> Reply:
    return await sender.put(f"/sendToDevice/{event_type}/{txn}", {"messages": messages})


def _told(answer: Any) -> list[str]:
    return [event["content"]["request_id"] for event in answer.get("to_device", {}).get("events", [])]


async def test_a_message_says_who_sent_it(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await _send(alice, bob)
    told = await bob.sync()
    assert told["to_device"]["events"] == [{"type": REQUEST, "sender": alice.user_id, "content": _content()}]


async def test_a_message_is_told_again_until_a_later_token_confirms_it(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    before = (await bob.sync())["next_batch"]
    await _send(alice, bob)
    first, lost_answer = await bob.sync(before), await bob.sync(before)
    assert _told(first) == _told(lost_answer) == ["r0"]
    assert _told(await bob.sync(first["next_batch"])) == []
    assert _told(await bob.sync()) == []


async def test_a_message_outlives_the_process(tmp_path: Path) -> None:
    server = await start(tmp_path)
    alice, bob = await server.user("alice"), await server.user("bob")
    before = (await bob.sync())["next_batch"]
    await _send(alice, bob)
    assert _told(await bob.sync(before)) == ["r0"]
    await server.amanat.close()
    bob.server = alice.server = server = await start(tmp_path)
    await _send(alice, bob)
    told = await bob.sync(before)
    assert _told(told) == ["r0"]
    await server.amanat.close()
    bob.server = server = await start(tmp_path)
    assert _told(await bob.sync(told["next_batch"])) == []
    await server.amanat.close()


async def test_a_repeated_transaction_sends_nothing_more(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await asyncio.gather(*(_send(alice, bob, txn="same") for _ in range(5)))
    await _send(alice, bob, txn="other", number=1)
    assert _told(await bob.sync()) == ["r0", "r1"]


async def test_transactions_are_a_devices_own(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    again = await amanat.login("alice")
    await _send(alice, bob, number=1)
    await _send(again, bob, number=2)
    assert _told(await bob.sync()) == ["r1", "r2"]


async def test_a_star_means_every_device_and_unknown_ones_are_passed_over(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    second = await amanat.login("bob")
    messages = {
        bob.user_id: {"*": _content(1), second.device_id: _content(2), "NONE": _content(3), "\0": _content(4)},
        "@nobody:elsewhere.org": {"*": _content(5)},
    }
    assert (await _put(alice, messages)).status == 200
    assert (_told(await bob.sync()), _told(await second.sync())) == (["r1"], ["r2"])


async def test_a_hundred_messages_at_a_time_in_order(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    since = (await bob.sync())["next_batch"]
    for number in range(230):
        await _send(alice, bob, txn=str(number), number=number)
    await bob.put(f"/user/{bob.user_id}/account_data/org.example", {"a": 1})
    pages = []
    for _ in range(4):
        answer = await bob.sync(since)
        since = answer["next_batch"]
        pages.append(_told(answer))
    assert [len(page) for page in pages] == [100, 100, 30, 0]
    assert [each for page in pages for each in page] == [f"r{number}" for number in range(230)]


async def test_one_request_may_reach_many_devices(amanat: Server) -> None:
    alice = await amanat.user("alice")
    people = [await amanat.user(f"p{number}") for number in range(3)]
    server = alice.user_id.partition(":")[2]
    messages = {f"@x{number}:{server}": {"D": _content(), "*": _content()} for number in range(150)}
    messages |= {each.user_id: {each.device_id: _content(7)} for each in people}
    for _ in range(2):
        assert (await _put(alice, messages)).status == 200
    assert [_told(await each.sync()) for each in people] == [["r7"]] * 3


async def test_what_is_in_clear_and_must_not_be_is_refused_whole(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    messages = {bob.user_id: {bob.device_id: _content(), "OTHER": {"session_key": "secret"}}}
    refused = await _put(alice, messages)
    assert (refused.status, refused.errcode) == (403, "M_FORBIDDEN")
    refused = await _put(alice, {bob.user_id: {bob.device_id: {"a": 1}}}, event_type="m.room_key")
    assert (refused.status, refused.errcode) == (403, "M_FORBIDDEN")
    assert _told(await bob.sync()) == []


async def test_what_is_no_message_is_refused(amanat: Server) -> None:
    alice = await amanat.user("alice")
    for messages in (None, [], {alice.user_id: []}, {alice.user_id: {"D": "text"}}):
        refused = await _put(alice, messages)
        assert (refused.status, refused.errcode) == (400, "M_BAD_JSON")
    refused = await _put(alice, {}, txn="a%00b")
    assert (refused.status, refused.errcode) == (400, "M_INVALID_PARAM")


async def test_a_parked_sync_wakes_for_a_message(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    since = (await bob.sync())["next_batch"]
    parked = asyncio.create_task(bob.sync(since, timeout=30_000))
    await _send(alice, bob)
    assert _told(await parked) == ["r0"]


async def test_an_inbox_goes_with_its_device(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    second = await amanat.login("bob", device_id="SECOND")
    for number in range(150):
        await _send(alice, second, txn=str(number))
    await second.post("/logout", {})
    await amanat.amanat.jobs.done("empty_inbox", f"{bob.user_id}\nSECOND")
    again = await amanat.login("bob", device_id="SECOND")
    assert _told(await again.sync()) == []
