"""A service's device and the apps that people have: they read each other, and keys go to nobody else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from amanat.gateway.device.sharing import SHARES_OF
from amanat.gateway.owner import identity
from amanat.outbound.origin import Origin
from tests.clients.conftest import People
from tests.clients.person import Person
from tests.gateway.device.office import Office, register
from tests.processes import AmanatProcess


@pytest_asyncio.fixture(loop_scope="session")
async def office(lab: AmanatProcess, tmp_path: Path) -> AsyncIterator[Office]:
    """A service that answers, on the common lab, with a device that its owner has signed."""
    credentials = await register(lab.url, f"office-{tmp_path.name.replace('_', '-')[-20:].lower()}")
    origin = Origin(lab.url)
    office = await Office.open(credentials, tmp_path / "office", asks=origin)
    keys = identity.make(office.user_id)
    await identity.publish(keys, office.ground.api.post)
    await identity.vouch(keys, office.ground.api.post, device_id=credentials.device_id)
    yield office
    await office.close()
    origin.close()


async def room_with(office: Office, person: Person) -> str:
    """Bring a person into a room with the service, as an app does when somebody taps its name."""
    room_id = await person.create_room(invite=[office.user_id])
    await person.knows_members(room_id, [person.user_id, office.user_id])
    await person.knows_devices(office.user_id, [office.ground.credentials.device_id])
    return room_id


@pytest.mark.parametrize("sdk", ["nio", "js-sdk"])
async def test_a_citizen_writes_and_is_answered(people: People, office: Office, sdk: str) -> None:
    citizen = await people.register(sdk, "citizen")
    room_id = await room_with(office, citizen)
    for text in "halo", "1", "terima kasih":
        await citizen.say(room_id, text)
        await citizen.hears(room_id, f"You said: {text}")
    assert office.echo.texts == ["halo", "1", "terima kasih"]
    assert [text for _, text in await citizen.heard(room_id)][1::2] == [f"You said: {t}" for t in office.echo.texts]


async def test_an_app_s_device_gets_the_key_once_its_owner_has_signed_it(people: People, office: Office) -> None:
    phone = await people.js("citizen")
    await phone.set_up_recovery()
    room_id = await room_with(office, phone)
    await phone.say(room_id, "from my phone")
    assert (await office.echo.hears("from my phone")).trust == "vouched"
    tablet = await phone.new_device()
    await phone.knows_devices(phone.user_id, [phone.device_id, tablet.device_id])
    await phone.say(room_id, "only for my phone")
    await phone.hears(room_id, "You said: only for my phone")
    shares = await office.store.all(SHARES_OF, room_id=room_id)
    assert {share.device_id: share.message_index >= 0 for share in shares} == {
        phone.device_id: True,
        tablet.device_id: False,
    }
