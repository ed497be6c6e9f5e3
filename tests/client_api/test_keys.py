"""Device keys, one-time keys and fallback keys through the front door."""

from pathlib import Path

from tests.client_api.keys import ALGORITHM, claim, one_time_keys, publish
from tests.core.signing import Pair, device
from tests.server import Server, start


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
