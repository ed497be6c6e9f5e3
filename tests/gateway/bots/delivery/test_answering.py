"""What a webhook's answer calls for is said once, wherever the gateway is killed."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
from msgspec import json

from amanat.core.errors import InternalError
from amanat.gateway.bots.api import Line, NotNow, Webhook
from amanat.gateway.bots.delivery.webhooks import ANSWER_AGAIN_S
from amanat.gateway.bots.model import Saying, Words
from tests.gateway.device.town import Town
from tests.gateway.service.bot_at_work import BotAtWork, PlainApi

Moment = Literal["before it is said", "after it is said", "never"]


class Answered(PlainApi):
    """Says what the answer holds; can be killed while it does, where it stands still `at`."""

    def __init__(self) -> None:
        self.at: Moment = "never"
        self.stands = asyncio.Event()
        self.is_away = False
        """Whether nothing can be said just now."""
        self.fails: Moment = "never"
        """When the database fails, once."""

    async def answered(self, line: Line, body: bytes, *, content_type: str) -> None:
        if self.is_away:
            raise NotNow
        chat, _, text = body.decode().partition(" ")
        await self._pass("before it is said")
        await line.say_all(await line.chat(int(chat)), [Saying(body=Words(text=each)) for each in text.split("|")])
        await self._pass("after it is said")

    async def _pass(self, moment: Moment) -> None:
        if self.fails == moment:
            self.fails = "never"
            raise InternalError("The server could not save this.")
        if self.at == moment:
            self.stands.set()
            await asyncio.Event().wait()


def _answer(body: bytes) -> bytes:
    said = json.decode(body)["heard"]["said"]
    return f"{said['chat']['number']} Anda menulis: {said['body']['text']}".encode()


@pytest.fixture
async def answers(town: Town, tmp_path: Path) -> AsyncIterator[tuple[BotAtWork, Answered]]:
    """A bot whose webhook answers with a call."""
    api = Answered()
    bot = await BotAtWork.begin(town, tmp_path / "bot", api=api)
    bot.receiver.answer = _answer
    await bot.line.set_webhook(Webhook(url="https://bot.example/hook", kinds=("Came",)))
    yield bot, api
    await bot.close()


@pytest.mark.parametrize(("moment", "times"), [("before it is said", 2), ("after it is said", 1)])
async def test_it_is_said_once(answers: tuple[BotAtWork, Answered], moment: Moment, times: int) -> None:
    bot, api = answers
    visitor = await bot.visitor()
    api.at = moment
    await visitor.writes("satu")
    await asyncio.wait_for(api.stands.wait(), 20)
    await bot.close()
    api.at = "never"
    await bot.start()
    await visitor.says("dua", until="Anda menulis: dua")
    assert visitor.heard == ["Anda menulis: satu", "Anda menulis: dua"]
    assert len(bot.receiver.came) == times + 1, "what was not noted comes again"
    assert len(set(bot.receiver.came)) == 2
    assert [each.status for each in await bot.line.deliveries()] == [200, 200]


@pytest.mark.parametrize(("moment", "times"), [("before it is said", 2), ("after it is said", 1)])
async def test_it_is_said_once_where_the_database_fails(
    answers: tuple[BotAtWork, Answered], moment: Moment, times: int
) -> None:
    bot, api = answers
    visitor = await bot.visitor()
    api.fails = moment
    await visitor.writes("satu")
    await visitor.hears("Anda menulis: satu")
    await bot.nothing_waits()
    await visitor.says("dua", until="Anda menulis: dua")
    assert visitor.heard == ["Anda menulis: satu", "Anda menulis: dua"]
    assert len(bot.receiver.came) == times + 1, "what is not on disk is delivered, and answered, again"


async def test_all_that_it_calls_for_is_said_or_nothing(answers: tuple[BotAtWork, Answered]) -> None:
    bot, api = answers
    visitor = await bot.visitor()
    api.at = "after it is said"
    await visitor.writes("satu|dua|tiga")
    await asyncio.wait_for(api.stands.wait(), 20)
    await bot.close()
    api.at = "never"
    await bot.start()
    await visitor.says("empat", until="Anda menulis: empat")
    assert visitor.heard == ["Anda menulis: satu", "dua", "tiga", "Anda menulis: empat"]


async def test_what_cannot_be_said_just_now_is_said_later(answers: tuple[BotAtWork, Answered]) -> None:
    bot, api = answers
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        api.is_away = len(pauses) < 3

    bot.bot._webhooks.pause = pause
    visitor = await bot.visitor()
    api.is_away = True
    await visitor.writes("satu")
    await visitor.says("dua", until="Anda menulis: dua")
    assert visitor.heard == ["Anda menulis: satu", "Anda menulis: dua"]
    assert pauses == [ANSWER_AGAIN_S] * 3
    assert len(bot.receiver.came) == 2, "nothing is delivered again"


async def test_what_can_never_be_said_is_given_up_in_the_end(answers: tuple[BotAtWork, Answered]) -> None:
    bot, api = answers

    async def pause(_seconds: float) -> None:
        bot.ahead_ms += 3_600_000

    bot.bot._webhooks.pause = pause
    visitor = await bot.visitor()
    api.is_away = True
    await visitor.writes("satu")
    await bot.receiver.gets(1)
    await bot.nothing_waits()
    assert [each.status for each in await bot.line.deliveries()] == [200]


async def test_an_update_is_taken_also_where_its_answer_cannot_be_said(answers: tuple[BotAtWork, Answered]) -> None:
    bot, _ = answers

    class Refused(PlainApi):
        async def answered(self, line: Line, body: bytes, *, content_type: str) -> None:
            """What it asks for is refused."""

    await bot.close()
    bot.api = Refused()
    await bot.start()
    visitor = await bot.visitor()
    await visitor.writes("satu")
    await bot.receiver.gets(1)
    await bot.nothing_waits()
    assert [each.status for each in await bot.line.deliveries()] == [200]
