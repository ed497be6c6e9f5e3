"""The device's account: made once, checked against what the server knows, and never without one-time keys."""

import pytest

from amanat.gateway.device.account import KEPT_ON_SERVER, WrongDevice
from amanat.gateway.owner import identity
from tests.client_api.keys import claim
from tests.gateway.device.town import Citizen, Town, until

UPLOADS_AT_FIRST = 1
"""The device's identity together with its one-time keys."""


async def counted(office: Citizen) -> int:
    """Return how many one-time keys the server has."""
    counts = (await office.person.sync())["device_one_time_keys_count"]
    return int(counts.get("signed_curve25519", 0))


async def test_keys_are_topped_up_once_half_of_them_are_gone(town: Town) -> None:
    office, alice = await town.office(), await town.server.user("alice")
    assert await counted(office) == KEPT_ON_SERVER
    for _ in range(KEPT_ON_SERVER // 2 + 1):
        await claim(alice, office.person)
    await alice.create_room(invite=[office.user_id])  # which ends the sync that would tell of it in half a minute
    await office.road.has_asked("keys/upload", times=UPLOADS_AT_FIRST + 1)
    assert await counted(office) == KEPT_ON_SERVER


async def test_a_fallback_key_that_was_given_away_is_replaced(town: Town) -> None:
    office, alice = await town.office(), await town.server.user("alice")

    async def all_given() -> str:
        given = [(await claim(alice, office.person))[office.person.device_id] for _ in range(KEPT_ON_SERVER + 1)]
        return given[-1]

    fallback = await all_given()
    await alice.create_room(invite=[office.user_id])
    await office.road.has_asked("keys/upload", times=UPLOADS_AT_FIRST + 1)
    assert await counted(office) == KEPT_ON_SERVER
    assert await all_given() != fallback


async def test_keys_that_were_published_before_a_kill_are_published_again_and_given_to_nobody_twice(town: Town) -> None:
    """The server takes new keys and gives some away, and the gateway dies before it hears that they were taken."""
    office, alice = await town.office(), await town.citizen("alice")
    room_id = await alice.create_room(office)
    given: list[str] = []

    async def give(count: int) -> None:
        for _ in range(count):
            given.append((await claim(alice.person, office.person))[office.person.device_id])

    office.road.loses = lambda line: "back" if "keys/upload" in line else None
    await give(KEPT_ON_SERVER // 2 + 1)
    await alice.person.create_room(invite=[office.user_id])
    await office.road.has_asked("keys/upload", times=UPLOADS_AT_FIRST + 1)
    await office.close()
    assert await counted(office) == KEPT_ON_SERVER, "the new ones are there"
    await give(KEPT_ON_SERVER - KEPT_ON_SERVER // 4)
    await alice.say(room_id, "hello")  # for which another of the new keys is given away
    await until(lambda: _has(office, KEPT_ON_SERVER // 4 - 1))

    again = await town.citizen("office", person=office.person)
    await again.echo.hears("hello")
    await again.road.has_asked("keys/upload", times=1)
    await give(KEPT_ON_SERVER // 2 - 1)
    assert len({*given}) == len(given)


async def _has(office: Citizen, count: int) -> bool:
    return await counted(office) == count


async def test_the_data_of_another_device_is_refused(town: Town) -> None:
    office = await town.office()
    await office.close()
    other = await town.server.login("office")
    folder = office.folder.rename(office.folder.with_name(other.device_id))
    with pytest.raises(WrongDevice, match=f"of the device {office.person.device_id}"):
        await town.citizen("office", person=other)
    assert folder.exists()


async def test_it_is_told_whether_the_owner_vouches_for_it(town: Town) -> None:
    office = await town.office()
    assert office.vouched == "no identity"
    keys = identity.make(office.user_id)
    await identity.publish(keys, office.ground.api.post)
    assert await office.device.open() == "unsigned"
    await identity.vouch(keys, office.ground.api.post, device_id=office.person.device_id)
    assert await office.device.open() == "vouched"
