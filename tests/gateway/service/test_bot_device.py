"""A bot's device: what cannot be had now is said so, and what cannot be shown is passed over."""

import pytest

from amanat.gateway.bots.api import NotNow
from amanat.gateway.service.bot_device import BotDevice
from amanat.gateway.spooling import Full, Room, Spools
from tests.gateway.device.town import Town
from tests.product.ledger.partners import reads
from tests.product.rights.people import give_number


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
    assert await device.still_share(["@ani:localhost"]) is None


async def test_a_file_that_cannot_be_opened_is_none(town: Town) -> None:
    citizen = await town.citizen("bot")
    device = BotDevice(citizen.ground)
    device.device = citizen.device
    file = await device.upload(b"x")
    assert await device.download(file) == b"x"
    assert await device.download(file | {"hashes": {"sha256": "AAAA"}}) is None
    with Spools(Room(100)) as spools:
        opened = await device.fetch(file, spool=spools.new())
        assert opened is not None
        for _ in range(2):
            assert b"".join([piece async for piece in opened.pieces()]) == b"x"
        for wrong in file | {"hashes": {"sha256": "AAAA"}}, file | {"key": {}}:
            assert await device.fetch(wrong, spool=spools.new()) is None
        with pytest.raises(NotNow):
            await device.fetch(file | {"url": "mxc://localhost/none"}, spool=spools.new())
    with Spools(Room(0)) as spools, pytest.raises(Full):
        await device.fetch(file, spool=spools.new())


async def test_a_number_is_asked_for_until_the_server_answers_or_patience_ends(town: Town) -> None:
    bot, ani = await town.citizen("bot"), await town.citizen("ani")
    await give_number(town.server, ani.person, "+6281234567834")
    path = f"/_amanat/v1/ledger/grants/{bot.person.user_id}"
    assert (await ani.person.put(path, {"scopes": ["profile.phone"]})).status == 200
    device = BotDevice(bot.ground, pauses_s=(0.0, 0.0))
    lost = iter(["there", "back"])
    bot.road.loses = lambda line: next(lost, None) if "/ledger/people/" in line else None
    assert await device.shared_number(ani.person.user_id) == "+6281234567834"
    bot.road.loses = lambda line: "there" if "/ledger/people/" in line else None
    assert await device.shared_number(ani.person.user_id) is None
    bot.road.loses = lambda _: None
    assert await device.shared_number(bot.person.user_id) is None, "nobody allows it that"
    # What was read and did not arrive was read all the same, and its person sees it.
    assert len(await reads(ani.person)) == 2
