"""Claiming one-time keys through the front door: each is given once."""

import asyncio

from tests.client_api.keys import ALGORITHM, claim, publish
from tests.server import Server


async def test_keys_are_given_in_the_order_of_their_uploads(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await publish(bob, keys=["Z"])
    await publish(bob, keys=["A"])
    assert [await claim(alice, bob) for _ in range(3)] == [{bob.device_id: "Z"}, {bob.device_id: "A"}, {}]


async def test_a_fallback_key_is_given_again_and_again_when_no_other_is_left(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await publish(bob, keys=["A"], fallback="F")
    assert (await bob.sync())["device_unused_fallback_key_types"] == [ALGORITHM]
    assert [(await claim(alice, bob))[bob.device_id] for _ in range(3)] == ["A", "F", "F"]
    told = await bob.sync()
    assert told["device_one_time_keys_count"] == {ALGORITHM: 0}
    assert told["device_unused_fallback_key_types"] == []
    assert told["org.matrix.msc2732.device_unused_fallback_key_types"] == []


async def test_a_new_fallback_key_is_unused_and_the_old_one_uploaded_again_is_not(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await publish(bob, fallback="F")
    await claim(alice, bob)
    await publish(bob, fallback="F")
    assert (await bob.sync())["device_unused_fallback_key_types"] == []
    await publish(bob, fallback="G")
    assert (await bob.sync())["device_unused_fallback_key_types"] == [ALGORITHM]
    assert await claim(alice, bob) == {bob.device_id: "G"}


async def test_two_hundred_claims_at_once_never_give_a_key_twice(on_both: Server) -> None:
    alice, bob = await on_both.user("alice"), await on_both.user("bob")
    for batch in range(3):
        await publish(bob, keys=[f"K{batch}-{number}" for number in range(50)])
    given = await asyncio.gather(*(claim(alice, bob) for _ in range(200)))
    keys = [each[bob.device_id] for each in given if each]
    assert len(keys) == len(set(keys)) == 150


async def test_an_upload_that_is_repeated_brings_no_claimed_key_back(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await publish(bob, keys=["A", "B"])
    first = await claim(alice, bob)
    await publish(bob, keys=["A", "B"])
    assert [first, await claim(alice, bob), await claim(alice, bob)] == [{bob.device_id: "A"}, {bob.device_id: "B"}, {}]


async def test_claims_of_many_devices_come_together(amanat: Server) -> None:
    alice = await amanat.user("alice")
    people = [await amanat.user(f"p{number}") for number in range(3)]
    for each in people:
        await publish(each, keys=["A"])
    server = alice.user_id.partition(":")[2]
    wanted = {f"@x{number}:{server}": {"D": ALGORITHM} for number in range(250)}
    wanted |= {each.user_id: {each.device_id: ALGORITHM} for each in people} | {"@a:b.org": {"D": ALGORITHM}}
    reply = await alice.post("/keys/claim", {"one_time_keys": wanted})
    assert set(reply.json["one_time_keys"]) == {each.user_id for each in people}
    assert reply.json["failures"] == {"b.org": {}}
