"""How much a bot may say, and when it may say more."""

import asyncio
from pathlib import Path

import aiogram
import pytest
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web

from amanat.edge.rate_limit import Rate
from amanat.gateway.telegram_bot_api.errors import TooManyRequests
from amanat.gateway.telegram_bot_api.flood import Flood
from amanat.gateway.telegram_bot_api.settings import Settings
from tests.gateway.device.office import PATIENCE_S
from tests.gateway.device.town import Town
from tests.gateway.telegram_bot_api.receiving import receiver
from tests.gateway.telegram_bot_api.served import TOKEN, served


def test_a_chat_and_all_chats_have_their_limits() -> None:
    clock = [100.0]
    settings = Settings(chat=Rate(per_second=0.5, burst=2), overall=Rate(per_second=1, burst=3))
    flood = Flood(settings, now=lambda: clock[0])
    flood.count(7, 1)
    flood.count(7, 1)
    with pytest.raises(TooManyRequests) as refused:
        flood.count(7, 1)
    assert refused.value.retry_after == 2
    flood.count(7, 2)
    with pytest.raises(TooManyRequests) as refused:
        flood.count(7, 3)
    assert refused.value.retry_after == 1
    flood.count(8, 3)
    clock[0] += 2
    flood.count(7, 1)


def test_what_is_said_at_once_is_counted_as_a_whole() -> None:
    clock = [100.0]
    settings = Settings(chat=Rate(per_second=0.5, burst=2), overall=Rate(per_second=10, burst=30))
    flood = Flood(settings, now=lambda: clock[0])
    flood.count(7, 1, times=2)
    with pytest.raises(TooManyRequests) as refused:
        flood.count(7, 1, times=2)
    assert refused.value.retry_after == 4
    clock[0] += 4
    flood.count(7, 1, times=5)
    with pytest.raises(TooManyRequests) as refused:
        flood.count(7, 1)
    assert refused.value.retry_after == 8, "more than a bucket holds is taken from what comes"


async def test_a_bot_that_floods_is_told_when_it_may_go_on(town: Town, tmp_path: Path) -> None:
    clock, settings = [100.0], Settings(chat=Rate(per_second=0.1, burst=2))
    async with served(town, tmp_path / "bot", settings=settings, now=lambda: clock[0]) as bot:
        visitor = await bot.at_work.visitor()
        chat = await bot.chat_with(visitor)
        client = aiogram.Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(bot.url)))
        for word in ("satu", "dua"):
            await client.send_message(chat, word)
        with pytest.raises(aiogram.exceptions.TelegramRetryAfter) as refused:
            await client.send_message(chat, "tiga")
        assert refused.value.retry_after == 10
        answer = await bot.ask("sendMessage", chat_id=chat, text="tiga")
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "10")
        assert answer.json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 10",
            "parameters": {"retry_after": 10},
        }
        clock[0] += 10
        await client.send_message(chat, "tiga")
        await visitor.hears("tiga")
        assert visitor.heard == ["satu", "dua", "tiga"]
        await client.session.close()


class Moment:
    """A clock that goes on by pauses, as long as it `runs`."""

    def __init__(self) -> None:
        self.at = 100.0
        self.runs = True
        self.pauses: list[float] = []
        self.paused = asyncio.Event()

    def now(self) -> float:
        return self.at

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.paused.set()
        if not self.runs:
            await asyncio.Event().wait()
        self.at += seconds


async def calls_for(request: web.Request) -> web.Response:
    """Answer a message with what it said."""
    message = (await request.json())["message"]
    return web.json_response(
        {"method": "sendMessage", "chat_id": message["chat"]["id"], "text": f"Anda menulis: {message['text']}"}
    )


async def test_what_an_answer_calls_for_waits_and_is_said_in_order(town: Town, tmp_path: Path) -> None:
    clock, settings = Moment(), Settings(chat=Rate(per_second=0.1, burst=2))
    async with (
        receiver(calls_for) as hook,
        served(town, tmp_path / "bot", settings=settings, now=clock.now, pause=clock.pause) as bot,
    ):
        await bot.call("setWebhook", url=hook, allowed_updates=["message"])
        visitor = await bot.at_work.visitor()
        for number in range(5):
            await visitor.writes(str(number))
        await visitor.hears("Anda menulis: 4")
        assert visitor.heard == [f"Anda menulis: {number}" for number in range(5)]
        assert clock.pauses == [10, 10, 10]


async def test_what_waits_is_not_lost_where_the_gateway_is_killed(town: Town, tmp_path: Path) -> None:
    clock, settings = Moment(), Settings(chat=Rate(per_second=0.1, burst=1))
    async with (
        receiver(calls_for) as hook,
        served(town, tmp_path / "bot", settings=settings, now=clock.now, pause=clock.pause) as bot,
    ):
        await bot.call("setWebhook", url=hook, allowed_updates=["message"])
        visitor = await bot.at_work.visitor()
        clock.runs = False
        await visitor.writes("satu")
        await visitor.writes("dua")
        await asyncio.wait_for(clock.paused.wait(), PATIENCE_S)
        await bot.at_work.close()
        clock.runs = True
        await bot.at_work.start()
        await visitor.hears("Anda menulis: dua")
        assert visitor.heard == ["Anda menulis: satu", "Anda menulis: dua"]
