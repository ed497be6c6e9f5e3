"""The keys in a backup, through the front door."""

import asyncio
from typing import Any
from urllib.parse import quote

from tests.client_api.backups import INFO, OTHER, ROOM, begin, key, put_keys, rooms_of
from tests.server import Server


async def test_a_backup_gives_back_what_was_put_in_it(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await begin(alice)
    rooms = {ROOM: {"sessions": {"s": key(), "/ü": key(2)}}, OTHER: {"sessions": {"t": key(3, verified=True)}}}
    stored = await put_keys(alice, version, {"rooms": rooms})
    assert stored.json == {"etag": "1", "count": 3}
    assert (await alice.get("/room_keys/keys", version=version)).json == {"rooms": rooms}
    assert (await alice.get(f"/room_keys/keys/{quote(ROOM)}", version=version)).json == rooms[ROOM]
    session = f"/room_keys/keys/{quote(ROOM)}/{quote('/ü', safe='')}"
    assert (await alice.get(session, version=version)).json == key(2)
    described = {**INFO, "etag": "1", "count": 3, "version": version}
    assert (await alice.get("/room_keys/version")).json == described
    assert (await alice.get(f"/room_keys/version/{version}")).json == described


async def test_an_empty_backup_is_read_as_empty(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await begin(alice)
    assert (await alice.get("/room_keys/keys", version=version)).json == {"rooms": {}}
    assert (await alice.get(f"/room_keys/keys/{quote(ROOM)}", version=version)).json == {"sessions": {}}
    missing = await alice.get(f"/room_keys/keys/{quote(ROOM)}/s", version=version)
    assert (missing.status, missing.errcode) == (404, "M_NOT_FOUND")


async def test_keys_of_a_room_and_of_a_session_are_stored_alone(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await begin(alice)
    await put_keys(alice, version, {"sessions": {"a": key()}}, path=f"/{quote(ROOM)}")
    last = await put_keys(alice, version, key(), path=f"/{quote(ROOM)}/b")
    assert last.json == {"etag": "2", "count": 2}


async def test_only_a_better_key_replaces_one(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await begin(alice)
    await put_keys(alice, version, rooms_of(s=key(5)))
    assert (await put_keys(alice, version, rooms_of(s=key(7)))).json == {"etag": "1", "count": 1}
    assert (await put_keys(alice, version, rooms_of(s=key(5)))).json == {"etag": "1", "count": 1}
    assert (await put_keys(alice, version, rooms_of(s=key(3)))).json == {"etag": "2", "count": 1}
    found = await alice.get(f"/room_keys/keys/{quote(ROOM)}/s", version=version)
    assert found.json == key(3)


async def test_many_keys_are_stored_and_read_in_pages(on_both: Server) -> None:
    alice = await on_both.user("alice")
    version = await begin(alice)
    first = {f"s{number:04}": key(number) for number in range(700)}
    second = {f"s{number:04}": key(number) for number in range(300)}
    rooms = {ROOM: {"sessions": first}, OTHER: {"sessions": second}}
    assert (await put_keys(alice, version, {"rooms": rooms})).json["count"] == 1000
    assert (await alice.get("/room_keys/keys", version=version)).json == {"rooms": rooms}
    assert (await alice.get(f"/room_keys/keys/{quote(ROOM)}", version=version)).json == rooms[ROOM]
    gone = await alice.delete(f"/room_keys/keys/{quote(ROOM)}", version=version)
    assert gone.json["count"] == 300


async def test_uploads_at_once_count_each_key_once(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await begin(alice)
    uploads = [rooms_of(**{f"s{number % 7}": key(number)}) for number in range(1, 30)]
    await asyncio.gather(*(put_keys(alice, version, upload) for upload in uploads))
    assert (await alice.get("/room_keys/version")).json["count"] == 7


async def test_keys_are_deleted_one_by_one_or_all(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await begin(alice)
    await put_keys(alice, version, {"rooms": {ROOM: {"sessions": {"a": key(), "b": key()}}, OTHER: {"sessions": {}}}})
    one = f"/room_keys/keys/{quote(ROOM)}/a"
    assert (await alice.delete(one, version=version)).json == {"etag": "2", "count": 1}
    assert (await alice.delete(one, version=version)).json == {"etag": "2", "count": 1}
    assert (await alice.delete("/room_keys/keys", version=version)).json == {"etag": "3", "count": 0}


async def test_only_the_newest_version_takes_keys(amanat: Server) -> None:
    alice = await amanat.user("alice")
    nothing = await put_keys(alice, "1", rooms_of(s=key()))
    assert (nothing.status, nothing.errcode) == (404, "M_NOT_FOUND")
    old, new = await begin(alice), await begin(alice)
    refused = await put_keys(alice, old, rooms_of(s=key()))
    assert (refused.status, refused.errcode) == (403, "M_WRONG_ROOM_KEYS_VERSION")
    assert refused.json["current_version"] == new


async def test_what_is_no_key_is_refused_and_stores_nothing(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await begin(alice)
    no_version = await alice.put("/room_keys/keys", rooms_of(s=key()))
    assert (no_version.status, no_version.errcode) == (400, "M_MISSING_PARAM")
    body: Any
    for body in ([], {}, {"rooms": []}, rooms_of(s=key(), t={"first_message_index": "1"})):
        refused = await put_keys(alice, version, body)
        assert (refused.status, refused.errcode) == (400, "M_BAD_JSON")
    nul = await put_keys(alice, version, {"rooms": {ROOM: {"sessions": {"ok": key(), "a\0": key()}}}})
    assert (nul.status, nul.errcode) == (400, "M_INVALID_PARAM")
    assert (await alice.get("/room_keys/version")).json["count"] == 0


async def test_a_backup_is_its_owners_alone(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    version = await begin(alice)
    await put_keys(alice, version, rooms_of(s=key()))
    hidden = await bob.get("/room_keys/keys", version=version)
    assert (hidden.status, hidden.errcode) == (404, "M_NOT_FOUND")
