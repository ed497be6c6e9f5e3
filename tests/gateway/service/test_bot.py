"""A bot goes on where it was."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.gateway.device.town import Town
from tests.gateway.service.bot_at_work import BotAtWork


@pytest.fixture
async def at_work(town: Town, tmp_path: Path) -> AsyncIterator[BotAtWork]:
    """A bot, on SQLite."""
    bot = await BotAtWork.begin(town, tmp_path / "bot")
    yield bot
    await bot.close()


async def test_it_goes_on_after_a_restart_and_knows_its_people(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    await visitor.writes("halo")
    before = (await at_work.told("Came"))["said"]
    await at_work.close()
    await visitor.writes("masih di sana?")
    await at_work.start()
    after = (await at_work.told("Came"))["said"]
    assert after["sender"] == before["sender"]
    assert after["number"] > before["number"]
    chat = await at_work.line.chat(before["chat"]["number"])
    assert (await at_work.line.message(chat, before["number"])).number == before["number"]
