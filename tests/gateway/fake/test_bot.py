"""A bot in memory is a bot."""

from pathlib import Path

from amanat.gateway.bots.model import Saying, Words
from amanat.gateway.fake.bot import FakeBot
from amanat.gateway.service.bot_file import BotFile
from tests.gateway.service.bot_at_work import PlainApi, Receiver


async def test_it_hears_speaks_and_lets_in_by_its_token(tmp_path: Path) -> None:
    described = BotFile(api="telegram", number=7, name="Fake", secret="s")
    bot = FakeBot(described, folder=tmp_path, api=PlainApi(), posts=Receiver())
    await bot.open()
    try:
        assert bot.find(bot.token) is not None
        assert bot.find(bot.token + "x") is None
        await bot.hear("budi", {"msgtype": "m.text", "body": "halo"})
        [update] = [each for each in await bot.line.updates(after=0, most=10) if each.kind == "Came"]
        chat = await bot.line.chat(update.chat)
        assert chat.person is not None
        assert chat.person.name == "Budi"
        await bot.line.say(chat, Saying(body=Words(text="Ya?")))
        [spoken] = await bot.spoken("budi", after=0, seconds=10)
        assert spoken.content["body"] == "Ya?"
    finally:
        await bot.close()
