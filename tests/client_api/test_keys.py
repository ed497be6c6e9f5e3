"""Device keys, one-time keys and fallback keys through the front door."""

import asyncio
from pathlib import Path

from tests.client_api.keys import ALGORITHM, claim, one_time_keys, publish
from tests.core.signing import Pair, device
from tests.server import Server, start


async def test_what_a_device_uploads_others_find(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob", initial_device_display_name="Bob's phone")
    keys = await publish(bob)
    found = await alice.post("/keys/query", {"device_keys": {bob.user_id: []}})
    shown = found.json["device_keys"][bob.user_id][bob.device_id]
    assert shown == keys | {"unsigned": {"device_display_name": "Bob's phone"}}


async def test_a_query_for_some_devices_tells_only_those(amanat: Server) -> None:
    alice = await amanat.user("alice")
    second = await amanat.login("alice")
    await publish(alice)
    await publish(second)
    found = await alice.post("/keys/query", {"device_keys": {alice.user_id: [second.device_id, "NONE"]}})
    assert list(found.json["device_keys"][alice.user_id]) == [second.device_id]


async def test_strangers_are_left_out_and_other_servers_fail(amanat: Server) -> None:
    alice = await amanat.user("alice")
    server = alice.user_id.partition(":")[2]
    wanted = {alice.user_id: [], f"@nobody:{server}": [], "@carl:elsewhere.org": [], "no id": []}
    found = await alice.post("/keys/query", {"device_keys": wanted})
    assert found.json["device_keys"] == {alice.user_id: {}}
    assert "elsewhere.org" in found.json["failures"]


async def test_uploading_the_same_keys_again_changes_nothing(amanat: Server) -> None:
    alice = await amanat.user("alice")
    await publish(alice, keys=["A", "B"])
    before = await alice.sync()
    again = await alice.post("/keys/upload", {"one_time_keys": one_time_keys(alice, ["A", "B"])})
    assert again.json == {"one_time_key_counts": {ALGORITHM: 2}}
    await publish(alice)
    assert (await alice.sync(before["next_batch"])).get("device_lists") is None


async def test_a_devices_keys_never_change(amanat: Server) -> None:
    alice = await amanat.user("alice")
    await publish(alice)
    other = Pair("another").public
    changed = device(alice.user_id, alice.device_id)
    changed["keys"][f"curve25519:{alice.device_id}"] = other
    changed = Pair(alice.device_id).sign(changed, alice.user_id, alice.device_id)
    refused = await alice.post("/keys/upload", {"device_keys": changed})
    assert (refused.status, refused.errcode) == (403, "M_FORBIDDEN")


async def test_keys_of_another_device_are_refused(amanat: Server) -> None:
    alice = await amanat.user("alice")
    refused = await alice.post("/keys/upload", {"device_keys": device(alice.user_id, "OTHER")})
    assert (refused.status, refused.errcode) == (400, "M_INVALID_PARAM")


async def test_another_key_by_the_same_id_is_refused_and_stores_nothing(amanat: Server) -> None:
    alice = await amanat.user("alice")
    await publish(alice, keys=["A"])
    forged = {f"{ALGORITHM}:A": one_time_keys(alice, ["B"])[f"{ALGORITHM}:B"]}
    refused = await alice.post("/keys/upload", {"one_time_keys": one_time_keys(alice, ["C"]) | forged})
    assert (refused.status, refused.errcode) == (400, "M_INVALID_PARAM")
    assert (await alice.sync())["device_one_time_keys_count"] == {ALGORITHM: 1}


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


async def test_two_hundred_claims_at_once_never_give_a_key_twice(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
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


async def test_a_device_that_logs_out_takes_its_keys_along(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    second = await amanat.login("bob")
    await publish(second, keys=["A"], fallback="F")
    assert (await second.post("/logout", {})).status == 200
    found = await alice.post("/keys/query", {"device_keys": {bob.user_id: []}})
    assert found.json["device_keys"] == {bob.user_id: {}}
    assert await claim(alice, second) == {}


async def test_a_restart_forgets_no_key(tmp_path: Path) -> None:
    server = await start(tmp_path)
    alice, bob = await server.user("alice"), await server.user("bob")
    await publish(bob, keys=["A", "B"], fallback="F")
    await claim(alice, bob)
    await server.amanat.close()
    server = await start(tmp_path)
    alice.server = bob.server = server
    told = await bob.sync()
    assert told["device_one_time_keys_count"] == {ALGORITHM: 1}
    assert told["device_unused_fallback_key_types"] == [ALGORITHM]
    assert await claim(alice, bob) == {bob.device_id: "B"}
    await server.amanat.close()


async def test_changes_between_two_tokens(amanat: Server) -> None:
    alice, bob, carl = [await amanat.user(name) for name in ("alice", "bob", "carl")]
    room = await alice.create_room(invite=[bob.user_id])
    await bob.join(room)
    start_at = (await alice.sync())["next_batch"]
    await publish(bob)
    await publish(carl)
    end_at = (await alice.sync())["next_batch"]
    changes = await alice.get("/keys/changes", **{"from": start_at, "to": end_at})
    assert changes.json == {"changed": [bob.user_id], "left": []}
    await bob.leave(room)
    left = await alice.get("/keys/changes", **{"from": end_at, "to": (await alice.sync())["next_batch"]})
    assert left.json == {"changed": [], "left": [bob.user_id]}


async def test_what_is_no_upload_is_refused(amanat: Server) -> None:
    alice = await amanat.user("alice")
    for path, body in (
        ("/keys/upload", []),
        ("/keys/upload", {"device_keys": 1}),
        ("/keys/query", {}),
        ("/keys/query", {"device_keys": {alice.user_id: [1]}}),
        ("/keys/claim", {"one_time_keys": {alice.user_id: "D"}}),
    ):
        refused = await alice.post(path, body)
        assert (refused.status, refused.errcode) == (400, "M_BAD_JSON")
    missing = await alice.get("/keys/changes")
    assert (missing.status, missing.errcode) == (400, "M_MISSING_PARAM")
