"""Several files in one call."""

import asyncio
import json
from pathlib import Path

from aiohttp import web

from amanat.edge.rate_limit import Rate
from amanat.gateway.telegram_bot_api.settings import Settings
from tests.gateway.device.office import PATIENCE_S
from tests.gateway.device.town import Town
from tests.gateway.telegram_bot_api.pictures import picture
from tests.gateway.telegram_bot_api.receiving import receiver
from tests.gateway.telegram_bot_api.served import TOKEN, ServedBot, served
from tests.gateway.telegram_bot_api.test_flood import Moment


async def test_files_that_are_sent_together_come_one_by_one(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    media = [
        {"type": "photo", "media": "attach://one", "caption": "*a*", "parse_mode": "MarkdownV2"},
        {"type": "document", "media": "attach://two"},
    ]
    answer = await bot.http.post(
        f"{bot.url}/bot{TOKEN}/sendMediaGroup",
        data={"chat_id": str(chat), "media": json.dumps(media)},
        files={"one": ("a.png", picture()), "two": ("b.txt", b"b")},
    )
    first, second = answer.json()["result"]
    assert (first["caption"], first["caption_entities"][0]["type"]) == ("a", "bold")
    assert first["media_group_id"] == second["media_group_id"]
    assert (await visitor.gets("b.txt")).opened() == b"b"
    for wrong, reason in (
        (media[:1], "media group must include 2-10 items"),
        ([5, 6], "can't parse InputMedia JSON object"),
        ([{"type": "story", "media": "x"}] * 2, "can't parse InputMedia JSON object: type must be one of photo, video"),
        ([{"type": "photo"}] * 2, "there is no photo in the request"),
    ):
        refused = await bot.refused("sendMediaGroup", chat_id=chat, media=wrong)
        assert refused.startswith(f"Bad Request: {reason}")


async def test_an_album_of_an_answer_is_whole_wherever_the_gateway_is_killed(town: Town, tmp_path: Path) -> None:
    clock, settings = Moment(), Settings(chat=Rate(per_second=0.1, burst=2))
    media: list[dict[str, str]] = []

    async def calls_for_an_album(request: web.Request) -> web.Response:
        chat = (await request.json())["message"]["chat"]["id"]
        return web.json_response({"method": "sendMediaGroup", "chat_id": chat, "media": media})

    async with (
        receiver(calls_for_an_album) as hook,
        served(town, tmp_path / "bot", settings=settings, now=clock.now, pause=clock.pause) as bot,
    ):
        visitor = await bot.at_work.visitor()
        chat, files = str(await bot.chat_with(visitor)), {"document": ("a.txt", b"a")}
        url = f"{bot.url}/bot{TOKEN}/sendDocument"
        sent = (await bot.http.post(url, data={"chat_id": chat}, files=files)).json()["result"]["document"]["file_id"]
        media += [{"type": "document", "media": sent, "caption": word} for word in ("satu", "dua", "tiga")]
        await bot.call("setWebhook", url=hook, allowed_updates=["message"])
        clock.runs = False
        await visitor.writes("halo")
        await asyncio.wait_for(clock.paused.wait(), PATIENCE_S)
        await bot.at_work.close()
        clock.runs = True
        await bot.at_work.start()
        await visitor.hears("tiga")
        assert visitor.heard == ["a.txt", "satu", "dua", "tiga"]


async def test_what_is_said_at_once_is_said_or_refused_as_a_whole(town: Town, tmp_path: Path) -> None:
    clock, settings = [100.0], Settings(chat=Rate(per_second=0.1, burst=2))
    async with served(town, tmp_path / "bot", settings=settings, now=lambda: clock[0]) as bot:
        visitor = await bot.at_work.visitor()
        chat = await bot.chat_with(visitor)
        one = await bot.call("sendMessage", chat_id=chat, text="satu")
        three = {"chat_id": chat, "from_chat_id": chat, "message_ids": [one["message_id"]] * 3}
        refused = await bot.refused("copyMessages", **three)
        assert refused == "Too Many Requests: retry after 10"
        clock[0] += 10
        assert len(await bot.call("copyMessages", **three)) == 3
        await bot.refused("sendMessage", chat_id=chat, text="dua")
        clock[0] += 20
        await bot.call("sendMessage", chat_id=chat, text="dua")
        await visitor.hears("dua")
        assert visitor.heard == ["satu", "satu", "satu", "satu", "dua"]
