"""Messages to devices through the front door: kept until confirmed, told once."""

import asyncio
from pathlib import Path
from typing import Any

from tests.client_api.messages import REQUEST, cancellation, put_messages, send_message, told
from tests.server import Server, start


async def test_a_message_says_who_sent_it(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await send_message(alice, bob)
    answer = await bob.sync()
    assert answer["to_device"]["events"] == [{"type": REQUEST, "sender": alice.user_id, "content": cancellation()}]


async def test_a_message_is_told_again_until_a_later_token_confirms_it(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    before = (await bob.sync())["next_batch"]
    await send_message(alice, bob)
    first, lost_answer = await bob.sync(before), await bob.sync(before)
    assert told(first) == told(lost_answer) == ["r0"]
    assert told(await bob.sync(first["next_batch"])) == []
    assert told(await bob.sync()) == []


async def test_a_message_outlives_the_process(tmp_path: Path) -> None:
    server = await start(tmp_path)
    alice, bob = await server.user("alice"), await server.user("bob")
    before = (await bob.sync())["next_batch"]
    await send_message(alice, bob)
    assert told(await bob.sync(before)) == ["r0"]
    await server.amanat.close()
    bob.server = alice.server = server = await start(tmp_path)
    await send_message(alice, bob)
    answer = await bob.sync(before)
    assert told(answer) == ["r0"]
    await server.amanat.close()
    bob.server = server = await start(tmp_path)
    assert told(await bob.sync(answer["next_batch"])) == []
    await server.amanat.close()


async def test_a_repeated_transaction_sends_nothing_more(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await asyncio.gather(*(send_message(alice, bob, txn="same") for _ in range(5)))
    await send_message(alice, bob, txn="other", number=1)
    assert told(await bob.sync()) == ["r0", "r1"]


async def test_transactions_are_a_devices_own(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    again = await amanat.login("alice")
    await send_message(alice, bob, number=1)
    await send_message(again, bob, number=2)
    assert told(await bob.sync()) == ["r1", "r2"]


async def test_a_star_means_every_device_and_unknown_ones_are_passed_over(on_both: Server) -> None:
    alice, bob = await on_both.user("alice"), await on_both.user("bob")
    second = await on_both.login("bob")
    messages = {
        bob.user_id: {
            "*": cancellation(1),
            second.device_id: cancellation(2),
            "NONE": cancellation(3),
            "\0": cancellation(4),
        },
        "@nobody:elsewhere.org": {"*": cancellation(5)},
    }
    assert (await put_messages(alice, messages)).status == 200
    assert (told(await bob.sync()), told(await second.sync())) == (["r1"], ["r2"])


async def test_a_hundred_messages_at_a_time_in_order(on_both: Server) -> None:
    alice, bob = await on_both.user("alice"), await on_both.user("bob")
    since = (await bob.sync())["next_batch"]
    for number in range(230):
        await send_message(alice, bob, txn=str(number), number=number)
    await bob.put(f"/user/{bob.user_id}/account_data/org.example", {"a": 1})
    pages = []
    for _ in range(4):
        answer = await bob.sync(since)
        since = answer["next_batch"]
        pages.append(told(answer))
    assert [len(page) for page in pages] == [100, 100, 30, 0]
    assert [each for page in pages for each in page] == [f"r{number}" for number in range(230)]


async def test_one_request_may_reach_many_devices(amanat: Server) -> None:
    alice = await amanat.user("alice")
    people = [await amanat.user(f"p{number}") for number in range(3)]
    server = alice.user_id.partition(":")[2]
    messages = {f"@x{number}:{server}": {"D": cancellation(), "*": cancellation()} for number in range(150)}
    messages |= {each.user_id: {each.device_id: cancellation(7)} for each in people}
    for _ in range(2):
        assert (await put_messages(alice, messages)).status == 200
    assert [told(await each.sync()) for each in people] == [["r7"]] * 3


async def test_what_is_in_clear_and_must_not_be_is_refused_whole(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    messages = {bob.user_id: {bob.device_id: cancellation(), "OTHER": {"session_key": "secret"}}}
    refused = await put_messages(alice, messages)
    assert (refused.status, refused.errcode) == (403, "M_FORBIDDEN")
    refused = await put_messages(alice, {bob.user_id: {bob.device_id: {"a": 1}}}, event_type="m.room_key")
    assert (refused.status, refused.errcode) == (403, "M_FORBIDDEN")
    assert told(await bob.sync()) == []


async def test_what_is_no_message_is_refused(amanat: Server) -> None:
    alice = await amanat.user("alice")
    messages: Any
    for messages in (None, [], {alice.user_id: []}, {alice.user_id: {"D": "text"}}):
        refused = await put_messages(alice, messages)
        assert (refused.status, refused.errcode) == (400, "M_BAD_JSON")
    refused = await put_messages(alice, {}, txn="a%00b")
    assert (refused.status, refused.errcode) == (400, "M_INVALID_PARAM")


async def test_a_parked_sync_wakes_for_a_message(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    since = (await bob.sync())["next_batch"]
    parked = asyncio.create_task(bob.sync(since, timeout=30_000))
    await send_message(alice, bob)
    assert told(await parked) == ["r0"]
