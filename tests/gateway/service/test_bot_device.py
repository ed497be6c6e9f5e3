"""A bot's device: what cannot be had now is said so, and what cannot be shown is passed over."""

import pytest

from amanat.gateway.bots.api import NotNow
from amanat.gateway.service.bot_device import BotDevice
from tests.gateway.device.town import Town


async def test_a_server_that_is_away(town: Town) -> None:
    citizen = await town.citizen("bot")
    device = BotDevice(citizen.ground)
    device.device = citizen.device
    citizen.road.loses = lambda line: None if "/sync" in line else "there"
    with pytest.raises(NotNow):
        await device.upload(b"x")
    with pytest.raises(NotNow):
        await device.leave("!gone:localhost")
    await device.show_typing("!gone:localhost", seconds=5)
    await device.mark_read("!gone:localhost", "$gone")
    assert await device.members("!gone:localhost") == []


async def test_a_file_that_cannot_be_opened_is_none(town: Town) -> None:
    citizen = await town.citizen("bot")
    device = BotDevice(citizen.ground)
    device.device = citizen.device
    file = await device.upload(b"x")
    assert await device.download(file) == b"x"
    assert await device.download(file | {"hashes": {"sha256": "AAAA"}}) is None
