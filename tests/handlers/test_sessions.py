import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace

from amanat.core.errors import UnknownToken
from amanat.db.tx import Tx
from amanat.handlers.sessions import CACHE_MS, hash_of
from amanat.store.accounts import USERS
from amanat.store.sessions import ACCESS_TOKENS
from tests.server import Person, Server, start

HOUR_MS = 3_600_000


def _written(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def _take_token_away(amanat: Server, person: Person) -> None:
    """Delete a token as another process would, of which this one hears nothing."""
    key = (person.user_id, person.device_id, hash_of(person.token))
    await amanat.amanat.store.write(lambda tx: tx.delete(ACCESS_TOKENS, *key))


async def test_an_unheard_revocation_holds_after_half_a_minute(amanat: Server) -> None:
    ani = await amanat.user("ani")
    assert (await ani.get("/account/whoami")).status == 200
    await _take_token_away(amanat, ani)
    amanat.clock.pass_ms(CACHE_MS)
    assert (await ani.get("/account/whoami")).status == 401


async def test_what_is_cached_is_forgotten_when_the_disk_may_hold_otherwise(amanat: Server) -> None:
    ani = await amanat.user("ani")
    assert (await ani.get("/account/whoami")).status == 200
    await _take_token_away(amanat, ani)
    for told in amanat.amanat.store.recovered:
        told()
    assert (await ani.get("/account/whoami")).status == 401


async def test_a_token_ended_while_it_is_read_does_not_come_back_to_life(amanat: Server) -> None:
    ani = await amanat.user("ani")
    sessions = amanat.amanat.sessions
    sessions.forget()
    reading = asyncio.create_task(sessions.authenticate(ani.token))
    await asyncio.sleep(0)
    await amanat.amanat.devices.remove(ani.user_id, [ani.device_id])
    await asyncio.gather(reading, return_exceptions=True)
    with pytest.raises(UnknownToken):
        await sessions.authenticate(ani.token)


async def test_a_request_under_way_can_tell_that_its_token_has_ended(amanat: Server) -> None:
    ani = await amanat.user("ani")
    sessions = amanat.amanat.sessions
    requester = await sessions.authenticate(ani.token)
    sessions.check(requester)
    await amanat.amanat.devices.remove_all(ani.user_id)
    with pytest.raises(UnknownToken):
        sessions.check(requester)


async def test_a_token_is_on_disk_as_a_hash_alone(tmp_path: Path) -> None:
    server = await start(tmp_path)
    ani = await server.user("ani", refresh_token=True)
    written = _written(tmp_path)
    await server.amanat.close()
    assert ani.user_id.encode() in written
    assert ani.token.encode() not in written
    assert b"ani's long password" not in written


async def test_the_hour_a_device_was_seen_in_is_written_now_and_then(amanat: Server) -> None:
    ani = await amanat.user("ani")
    first = (await ani.get(f"/devices/{ani.device_id}")).json["last_seen_ts"]
    amanat.clock.pass_ms(3 * HOUR_MS)
    before = (await ani.get(f"/devices/{ani.device_id}")).json["last_seen_ts"]
    await amanat.amanat.sessions.write_seen()
    after = (await ani.get(f"/devices/{ani.device_id}")).json["last_seen_ts"]
    assert (before, after) == (first, first + 3 * HOUR_MS)


async def test_an_admin_is_known_as_one(amanat: Server) -> None:
    ani = await amanat.user("ani")

    def promote(tx: Tx) -> None:
        user = tx.get(USERS, ani.user_id)
        assert user is not None
        tx.put(USERS, replace(user, is_admin=1))

    await amanat.amanat.store.write(promote, needs=[(USERS, (ani.user_id,))])
    amanat.amanat.sessions.forget()
    assert (await amanat.amanat.sessions.authenticate(ani.token)).is_admin
