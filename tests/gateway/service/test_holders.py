"""What a service's account says of its devices: which its identity vouches for, and what is no offer."""

from amanat.core.identifiers import HOSTING
from amanat.gateway.device.server_api import ServerApi
from amanat.gateway.owner import identity
from amanat.gateway.service.holders import Holders
from tests.gateway.device.town import Road, Town


async def test_devices_that_the_identity_does_not_vouch_for_are_told_apart(town: Town) -> None:
    vouched = await town.citizen("toko")
    keys = await vouched.publish_identity()
    api = ServerApi(town.credentials(vouched.person), asks=Road(town.server))
    other = await town.citizen("toko", person=await town.server.login("toko"))
    holders = Holders(api, user_id=vouched.user_id)
    devices = await holders.devices()
    assert (list(devices.vouched), list(devices.others)) == ([vouched.person.device_id], [other.person.device_id])
    await identity.vouch(keys, api.post, device_id=other.person.device_id)
    assert len((await holders.devices()).vouched) == 2
    await api.keep_account_data(HOSTING, {"A": {"operator": None, "country": "ID", "purpose": "x"}, "B": "nonsense"})
    assert list(await holders.offers()) == ["A"]
    assert await holders.published() == await holders.proposed() == {}
