"""An owner states who runs every device that their identity vouches for, and nobody else can."""

import pytest

from amanat.core.key_statements import Operator
from amanat.core.signed_json import public_key_of
from amanat.gateway.device.ground import wall_clock_ms
from amanat.gateway.device.server_api import ServerApi
from amanat.gateway.owner import identity
from amanat.gateway.service.holders import Holders, Terms
from amanat.gateway.service.stating import PURPOSE, NotStated, Stating
from tests.core.key_statement_vectors import HOST
from tests.gateway.device.town import Road, Town

OWN = Terms(operator=None, country="ID", purpose=PURPOSE)


async def test_what_names_a_host_waits_for_it_and_the_rest_is_published(town: Town) -> None:
    device = await town.citizen("toko")
    keys = await device.publish_identity()
    holders = Holders(ServerApi(town.credentials(device.person), asks=Road(town.server)), user_id=device.user_id)
    stating = Stating(keys, holders, host=None, now_ms=wall_clock_ms)
    assert await stating.state({device.person.device_id: OWN})
    offered = Terms(operator=Operator(name="PT Contoh", key=public_key_of(HOST)), country="SG", purpose="Menu")
    await holders.offer(device.person.device_id, offered)
    assert not await stating.state({})
    published, proposed = await holders.published(), await holders.proposed()
    assert (published["seq"], proposed["seq"]) == (1, 2)
    assert proposed["devices"][0]["operator"]["name"] == "PT Contoh"
    assert await stating.state({device.person.device_id: OWN})
    assert (await holders.published())["seq"] == 3


async def test_another_identity_states_nothing(town: Town) -> None:
    device = await town.citizen("toko")
    await device.publish_identity()
    holders = Holders(ServerApi(town.credentials(device.person), asks=Road(town.server)), user_id=device.user_id)
    stranger = identity.make(device.user_id)
    with pytest.raises(NotStated):
        await Stating(stranger, holders, host=None, now_ms=wall_clock_ms).state({device.person.device_id: OWN})
