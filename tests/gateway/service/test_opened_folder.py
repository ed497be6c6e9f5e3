"""A folder whose service cannot be set up lets its data go."""

import pytest

from amanat.core.errors import InternalError
from amanat.gateway.service.opened_folder import opening
from amanat.gateway.store.data_folder import STAMP
from amanat.gateway.store.stamp import NoService
from amanat.gateway.store.store import GatewayStore
from tests.gateway.bots.conftest import at_work, town
from tests.gateway.device.town import Road
from tests.gateway.service.bot_at_work import BotAtWork

__all__ = ["at_work", "town"]


async def fail_in(at_work: BotAtWork, stores: list[GatewayStore]) -> None:
    """Open a bot's folder, and set nothing up on it."""
    async with opening(at_work.folder, asks=Road(at_work.town.server)) as (on, _key):
        stores.append(on.store)
        raise TimeoutError


async def test_what_cannot_be_set_up_lets_the_data_go(at_work: BotAtWork) -> None:
    await at_work.close()
    stores: list[GatewayStore] = []
    with pytest.raises(TimeoutError):
        await fail_in(at_work, stores)
    with pytest.raises(InternalError, match="stopping"):
        await stores[0].write(lambda _: None)
    await at_work.start()


async def test_a_folder_without_a_stamp_holds_nothing(at_work: BotAtWork) -> None:
    await at_work.close()
    (at_work.folder / STAMP).unlink()
    stores: list[GatewayStore] = []
    with pytest.raises(NoService):
        await fail_in(at_work, stores)
    assert stores == []
