"""Cross-signing keys and signatures through the front door."""

import asyncio
from typing import Any

from tests.client_api.keys import Identity, publish
from tests.core.signing import Pair, cross_signing_key
from tests.server import Person, Reply, Server

UPLOAD = "/keys/device_signing/upload"


async def _query(reader: Person, owner: Person) -> Any:
    return (await reader.post("/keys/query", {"device_keys": {owner.user_id: []}})).json


async def _replace(person: Person, body: dict[str, Any]) -> Reply:
    """Publish keys, with the password when it is asked for."""
    asked = await person.post(UPLOAD, body)
    assert asked.status == 401, asked.json
    auth = {
        "type": "m.login.password",
        "session": asked.json["session"],
        "identifier": {"type": "m.id.user", "user": person.user_id},
        "password": "alice's long password",
    }
    return await person.post(UPLOAD, body | {"auth": auth})


async def test_a_first_identity_needs_no_password_and_is_seen_by_others(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    keys = Identity(alice).upload()
    assert (await alice.post(UPLOAD, keys)).status == 200
    seen = await _query(bob, alice)
    assert seen["master_keys"] == {alice.user_id: keys["master_key"]}
    assert seen["self_signing_keys"] == {alice.user_id: keys["self_signing_key"]}
    assert seen["user_signing_keys"] == {}
    assert (await _query(alice, alice))["user_signing_keys"] == {alice.user_id: keys["user_signing_key"]}


async def test_the_same_identity_again_needs_no_password(amanat: Server) -> None:
    alice = await amanat.user("alice")
    keys = Identity(alice).upload()
    await alice.post(UPLOAD, keys)
    token = (await alice.sync())["next_batch"]
    assert (await alice.post(UPLOAD, keys)).status == 200
    assert "device_lists" not in await alice.sync(token)


async def test_another_identity_needs_the_password_and_drops_old_signatures(on_both: Server) -> None:
    alice = await on_both.user("alice")
    device = await publish(alice)
    old, new = Identity(alice), Identity(alice, "new")
    await alice.post(UPLOAD, old.upload())
    signed = old.self_signing.sign(device, alice.user_id)
    await alice.post("/keys/signatures/upload", {alice.user_id: {alice.device_id: signed}})
    assert (await _replace(alice, new.upload())).status == 200
    seen = await _query(alice, alice)
    assert seen["master_keys"][alice.user_id] == new.upload()["master_key"]
    assert seen["device_keys"][alice.user_id][alice.device_id]["signatures"] == device["signatures"]


async def test_two_first_identities_at_once_leave_one(amanat: Server) -> None:
    alice = await amanat.user("alice")
    bodies = [Identity(alice, name).upload() for name in "ab"]
    replies = await asyncio.gather(*(alice.post(UPLOAD, body) for body in bodies))
    assert sorted(reply.status for reply in replies) == [200, 401]


async def test_keys_without_a_master_key_are_refused(amanat: Server) -> None:
    alice = await amanat.user("alice")
    keys = Identity(alice).upload()
    refused = await alice.post(UPLOAD, {"self_signing_key": keys["self_signing_key"]})
    assert (refused.status, refused.errcode) == (400, "M_MISSING_PARAM")
    unsigned = cross_signing_key(alice.user_id, "self_signing", Pair("s"))
    refused = await alice.post(UPLOAD, keys | {"self_signing_key": unsigned})
    assert (refused.status, refused.errcode) == (400, "M_INVALID_SIGNATURE")


async def test_ones_own_signatures_are_seen_by_all_who_share_a_room(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room(invite=[bob.user_id])
    await bob.join(room)
    device = await publish(alice)
    identity = Identity(alice)
    await alice.post(UPLOAD, identity.upload())
    token = (await bob.sync())["next_batch"]
    signed = identity.self_signing.sign(device, alice.user_id)
    done = await alice.post("/keys/signatures/upload", {alice.user_id: {alice.device_id: signed}})
    assert done.json == {"failures": {}}
    assert (await bob.sync(token))["device_lists"] == {"changed": [alice.user_id], "left": []}
    seen = (await _query(bob, alice))["device_keys"][alice.user_id][alice.device_id]
    assert seen["signatures"] == signed["signatures"]


async def test_whom_one_has_verified_only_ones_own_devices_see(amanat: Server) -> None:
    alice, bob, carl = [await amanat.user(name) for name in ("alice", "bob", "carl")]
    hers, his = Identity(alice), Identity(bob)
    await alice.post(UPLOAD, hers.upload())
    await bob.post(UPLOAD, his.upload())
    token = (await alice.sync())["next_batch"]
    quiet = (await bob.sync())["next_batch"]
    master = his.upload()["master_key"]
    signed = hers.user_signing.sign(master, alice.user_id)
    await alice.post("/keys/signatures/upload", {bob.user_id: {his.master.public: signed}})
    assert (await _query(alice, bob))["master_keys"][bob.user_id] == signed
    assert (await _query(bob, bob))["master_keys"][bob.user_id] == master
    assert (await _query(carl, bob))["master_keys"][bob.user_id] == master
    assert (await alice.sync(token))["device_lists"] == {"changed": [bob.user_id], "left": []}
    assert "device_lists" not in await bob.sync(quiet)


async def test_each_signature_that_is_refused_is_named(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    device = await publish(alice)
    identity = Identity(alice)
    await alice.post(UPLOAD, identity.upload())
    good = identity.self_signing.sign(device, alice.user_id)
    forged = Pair("eve").sign(device, alice.user_id, identity.self_signing.public)
    signatures = {alice.user_id: {alice.device_id: good, "NONE": good}, bob.user_id: {"a\0": good, "B": 1}}
    done = await alice.post("/keys/signatures/upload", signatures)
    assert {user: sorted(keys) for user, keys in done.json["failures"].items()} == {
        alice.user_id: ["NONE"],
        bob.user_id: ["B", "a\0"],
    }
    assert done.json["failures"][alice.user_id]["NONE"]["errcode"] == "M_NOT_FOUND"
    done = await alice.post("/keys/signatures/upload", {alice.user_id: {alice.device_id: forged}})
    assert done.json["failures"][alice.user_id][alice.device_id]["errcode"] == "M_INVALID_SIGNATURE"
