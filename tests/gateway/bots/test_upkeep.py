"""What goes with time."""

import pytest
from msgspec.structs import replace

from amanat.gateway.bots.api import NoSuchMessage
from amanat.gateway.bots.upkeep import KEEP_MS, Upkeep
from tests.gateway.service.bot_at_work import BotAtWork


async def test_messages_files_and_updates_go(at_work: BotAtWork) -> None:
    line, visitor = at_work.line, await at_work.visitor()
    await visitor.writes("halo")
    said = (await at_work.told("Came"))["said"]
    chat = await line.chat(said["chat"]["number"])
    number = await line.keep_file(b"x", name="x", mimetype="text/plain")
    on = at_work.ground
    await Upkeep(on, gave_up=lambda: None).forget()
    assert await line.message(chat, said["number"])
    await Upkeep(replace(on, now_ms=lambda: on.now_ms() + KEEP_MS + 1), gave_up=lambda: None).forget()
    with pytest.raises(NoSuchMessage):
        await line.message(chat, said["number"])
    assert await line.file(number) is None
    assert await line.count_updates() == 0
