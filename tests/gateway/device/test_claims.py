"""One-time keys are claimed of whom there is no channel to, checked, and not asked for in vain again and again."""

from amanat.gateway.device.claims import Claims
from amanat.gateway.device.tables import DeviceRow
from tests.client_api.keys import ALGORITHM, publish
from tests.core.signing import Pair
from tests.gateway.device.town import Town
from tests.server import Person


def row_of(person: Person) -> DeviceRow:
    return DeviceRow(person.user_id, person.device_id, Pair("curve").public, Pair(person.device_id).public, 0)


async def test_a_key_that_the_device_has_not_signed_is_refused(town: Town) -> None:
    office, alice, eve = await town.office(), await town.server.user("alice"), await town.server.user("eve")
    await publish(alice, keys=["good"])
    await publish(eve)
    forged = Pair("another").sign({"key": Pair("k").public}, eve.user_id, eve.device_id)
    await eve.post("/keys/upload", {"one_time_keys": {f"{ALGORITHM}:bad": forged}})
    claimed = await Claims(office.ground).claim([row_of(alice), row_of(eve)])
    assert [(device.user_id, key) for device, key in claimed] == [
        (alice.user_id, Pair(f"{alice.device_id} good").public)
    ]


async def test_who_has_none_left_is_not_asked_at_once_again(town: Town) -> None:
    office, alice = await town.office(), await town.server.user("alice")
    await publish(alice)
    claims = Claims(office.ground)
    for _ in range(2):
        assert await claims.claim([row_of(alice)]) == []
    assert sum("keys/claim" in line for line in office.road.asked) == 1
