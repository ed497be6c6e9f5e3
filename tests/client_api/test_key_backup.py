"""Versions of key backups, through the front door."""

import asyncio

from tests.client_api.backups import INFO, begin, key, put_keys, rooms_of
from tests.server import Server


async def test_a_deleted_version_is_gone_and_its_number_is_not_given_again(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await begin(alice)
    await put_keys(alice, version, rooms_of(**{f"s{number}": key() for number in range(250)}))
    assert (await alice.delete(f"/room_keys/version/{version}")).status == 200
    assert (await alice.delete(f"/room_keys/version/{version}")).status == 200
    for path in ("/room_keys/version", f"/room_keys/version/{version}", f"/room_keys/keys?version={version}"):
        missing = await alice.get(path)
        assert (missing.status, missing.errcode) == (404, "M_NOT_FOUND")
    assert await begin(alice) != version
    never = await alice.delete("/room_keys/version/99")
    assert (never.status, never.errcode) == (404, "M_NOT_FOUND")


async def test_versions_begun_at_once_have_different_numbers(amanat: Server) -> None:
    alice = await amanat.user("alice")
    versions = await asyncio.gather(*(begin(alice) for _ in range(5)))
    assert sorted(versions) == ["1", "2", "3", "4", "5"]


async def test_only_the_auth_data_of_a_version_may_change(amanat: Server) -> None:
    alice = await amanat.user("alice")
    version = await begin(alice)
    path = f"/room_keys/version/{version}"
    changed = await alice.put(path, INFO | {"auth_data": {"public_key": "k", "signatures": {}}, "version": version})
    assert (changed.status, changed.json) == (200, {})
    assert (await alice.get(path)).json["auth_data"]["signatures"] == {}
    for wrong in ({"algorithm": "other"}, {"version": "77"}):
        refused = await alice.put(path, INFO | wrong)
        assert (refused.status, refused.errcode) == (400, "M_INVALID_PARAM")
    missing = await alice.put("/room_keys/version/nothing", INFO)
    assert (missing.status, missing.errcode) == (404, "M_NOT_FOUND")
