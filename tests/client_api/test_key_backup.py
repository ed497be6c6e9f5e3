"""Key backup through the front door."""

import asyncio
from typing import Any
from urllib.parse import quote

from tests.server import Person, Reply, Server

ALGORITHM = "m.megolm_backup.v1.curve25519-aes-sha2"
INFO = {"algorithm": ALGORITHM, "auth_data": {"public_key": "k"}}
ROOM, OTHER = "!room:example.org", "!other:example.org"


def _key(index: int = 1, *, verified: bool = False) -> dict[str, Any]:
    data = {"ciphertext": f"c{index}", "mac": "m", "ephemeral": "e"}
    return {"first_message_index": index, "forwarded_count": 0, "is_verified": verified, "session_data": data}


async def _version(person: Person, **info: Any) -> str:
    reply = await person.post("/room_keys/version", INFO | info)
    assert reply.status == 200, reply.json
    version: str = reply.json["version"]
    return version


async def _put(person: Person, version: str, rooms: dict[str, Any], *, path: str = "") -> Reply:
    return await person.put(f"/room_keys/keys{path}?version={version}", rooms)


def _rooms(**sessions: dict[str, Any]) -> dict[str, Any]:
    return {"rooms": {ROOM: {"sessions": sessions}}}


async def test_a_backup_gives_back_what_was_put_in_it(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await _version(alice)
    rooms = {ROOM: {"sessions": {"s": _key(), "/ü": _key(2)}}, OTHER: {"sessions": {"t": _key(3, verified=True)}}}
    stored = await _put(alice, version, {"rooms": rooms})
    assert stored.json == {"etag": "1", "count": 3}
    assert (await alice.get("/room_keys/keys", version=version)).json == {"rooms": rooms}
    assert (await alice.get(f"/room_keys/keys/{quote(ROOM)}", version=version)).json == rooms[ROOM]
    session = f"/room_keys/keys/{quote(ROOM)}/{quote('/ü', safe='')}"
    assert (await alice.get(session, version=version)).json == _key(2)
    described = {**INFO, "etag": "1", "count": 3, "version": version}
    assert (await alice.get("/room_keys/version")).json == described
    assert (await alice.get(f"/room_keys/version/{version}")).json == described


async def test_an_empty_backup_is_read_as_empty(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await _version(alice)
    assert (await alice.get("/room_keys/keys", version=version)).json == {"rooms": {}}
    assert (await alice.get(f"/room_keys/keys/{quote(ROOM)}", version=version)).json == {"sessions": {}}
    missing = await alice.get(f"/room_keys/keys/{quote(ROOM)}/s", version=version)
    assert (missing.status, missing.errcode) == (404, "M_NOT_FOUND")


async def test_keys_of_a_room_and_of_a_session_are_stored_alone(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await _version(alice)
    await _put(alice, version, {"sessions": {"a": _key()}}, path=f"/{quote(ROOM)}")
    last = await _put(alice, version, _key(), path=f"/{quote(ROOM)}/b")
    assert last.json == {"etag": "2", "count": 2}


async def test_only_a_better_key_replaces_one(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await _version(alice)
    await _put(alice, version, _rooms(s=_key(5)))
    assert (await _put(alice, version, _rooms(s=_key(7)))).json == {"etag": "1", "count": 1}
    assert (await _put(alice, version, _rooms(s=_key(5)))).json == {"etag": "1", "count": 1}
    assert (await _put(alice, version, _rooms(s=_key(3)))).json == {"etag": "2", "count": 1}
    found = await alice.get(f"/room_keys/keys/{quote(ROOM)}/s", version=version)
    assert found.json == _key(3)


async def test_many_keys_are_stored_and_read_in_pages(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await _version(alice)
    first = {f"s{number:04}": _key(number) for number in range(700)}
    second = {f"s{number:04}": _key(number) for number in range(300)}
    rooms = {ROOM: {"sessions": first}, OTHER: {"sessions": second}}
    assert (await _put(alice, version, {"rooms": rooms})).json["count"] == 1000
    assert (await alice.get("/room_keys/keys", version=version)).json == {"rooms": rooms}
    assert (await alice.get(f"/room_keys/keys/{quote(ROOM)}", version=version)).json == rooms[ROOM]
    gone = await alice.delete(f"/room_keys/keys/{quote(ROOM)}", version=version)
    assert gone.json["count"] == 300


async def test_uploads_at_once_count_each_key_once(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await _version(alice)
    uploads = [_rooms(**{f"s{number % 7}": _key(number)}) for number in range(1, 30)]
    await asyncio.gather(*(_put(alice, version, upload) for upload in uploads))
    assert (await alice.get("/room_keys/version")).json["count"] == 7


async def test_keys_are_deleted_one_by_one_or_all(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await _version(alice)
    await _put(alice, version, {"rooms": {ROOM: {"sessions": {"a": _key(), "b": _key()}}, OTHER: {"sessions": {}}}})
    one = f"/room_keys/keys/{quote(ROOM)}/a"
    assert (await alice.delete(one, version=version)).json == {"etag": "2", "count": 1}
    assert (await alice.delete(one, version=version)).json == {"etag": "2", "count": 1}
    assert (await alice.delete("/room_keys/keys", version=version)).json == {"etag": "3", "count": 0}


async def test_only_the_newest_version_takes_keys(amanat: Server) -> None:
    alice = await amanat.user("alice")
    nothing = await _put(alice, "1", _rooms(s=_key()))
    assert (nothing.status, nothing.errcode) == (404, "M_NOT_FOUND")
    old, new = await _version(alice), await _version(alice)
    refused = await _put(alice, old, _rooms(s=_key()))
    assert (refused.status, refused.errcode) == (403, "M_WRONG_ROOM_KEYS_VERSION")
    assert refused.json["current_version"] == new


async def test_a_deleted_version_is_gone_and_its_number_is_not_given_again(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await _version(alice)
    await _put(alice, version, _rooms(**{f"s{number}": _key() for number in range(250)}))
    assert (await alice.delete(f"/room_keys/version/{version}")).status == 200
    assert (await alice.delete(f"/room_keys/version/{version}")).status == 200
    for path in ("/room_keys/version", f"/room_keys/version/{version}", f"/room_keys/keys?version={version}"):
        missing = await alice.get(path)
        assert (missing.status, missing.errcode) == (404, "M_NOT_FOUND")
    assert await _version(alice) != version
    never = await alice.delete("/room_keys/version/99")
    assert (never.status, never.errcode) == (404, "M_NOT_FOUND")


async def test_versions_begun_at_once_have_different_numbers(amanat: Server) -> None:
    alice = await amanat.user("alice")
    versions = await asyncio.gather(*(_version(alice) for _ in range(5)))
    assert sorted(versions) == ["1", "2", "3", "4", "5"]


async def test_only_the_auth_data_of_a_version_may_change(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await _version(alice)
    path = f"/room_keys/version/{version}"
    changed = await alice.put(path, INFO | {"auth_data": {"public_key": "k", "signatures": {}}, "version": version})
    assert (changed.status, changed.json) == (200, {})
    assert (await alice.get(path)).json["auth_data"]["signatures"] == {}
    for wrong in ({"algorithm": "other"}, {"version": "77"}):
        refused = await alice.put(path, INFO | wrong)
        assert (refused.status, refused.errcode) == (400, "M_INVALID_PARAM")
    missing = await alice.put("/room_keys/version/nothing", INFO)
    assert (missing.status, missing.errcode) == (404, "M_NOT_FOUND")


async def test_what_is_no_key_is_refused_and_stores_nothing(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await _version(alice)
    no_version = await alice.put("/room_keys/keys", _rooms(s=_key()))
    assert (no_version.status, no_version.errcode) == (400, "M_MISSING_PARAM")
    for body in ([], {}, {"rooms": []}, _rooms(s=_key(), t={"first_message_index": "1"})):
        refused = await _put(alice, version, body)
        assert (refused.status, refused.errcode) == (400, "M_BAD_JSON")
    nul = await _put(alice, version, {"rooms": {ROOM: {"sessions": {"ok": _key(), "a\0": _key()}}}})
    assert (nul.status, nul.errcode) == (400, "M_INVALID_PARAM")
    assert (await alice.get("/room_keys/version")).json["count"] == 0


async def test_a_backup_is_its_owners_alone(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    version = await _version(alice)
    await _put(alice, version, _rooms(s=_key()))
    hidden = await bob.get("/room_keys/keys", version=version)
    assert (hidden.status, hidden.errcode) == (404, "M_NOT_FOUND")
