"""What becomes of what a bot said: told, and waited for."""

import asyncio

from amanat.gateway.bots.model import Saying, Words
from tests.gateway.service.bot_at_work import BotAtWork


async def test_who_changes_what_the_server_does_not_have_yet_goes_on_as_soon_as_it_has(at_work: BotAtWork) -> None:
    line, visitor = at_work.line, await at_work.visitor()
    await visitor.writes("halo")
    chat = await line.chat((await at_work.told("Came"))["said"]["chat"]["number"])
    said = await line.say(chat, Saying(body=Words(text="satu")))
    async with asyncio.timeout(10):
        changed = await line.edit(chat, said.number, saying=Saying(body=Words(text="dua")))
    assert changed.body == Words(text="dua")
    told = await at_work.told("Delivered")
    assert (told["number"], told["is_sent"]) == (said.number, True)
