"""How a bot takes its updates."""

import asyncio
from typing import Any

from msgspec.structs import replace

from amanat.gateway.bots.api import Webhook
from tests.gateway.service.at_work import Visitor
from tests.gateway.telegram_bot_api.served import ServedBot

MESSAGES = ["message"]


async def _says(bot: ServedBot, visitor: Visitor, *texts: str) -> None:
    """Let somebody say something, and wait until it waits for the bot."""
    line = bot.at_work.line
    for text in texts:
        await visitor.writes(text)
    async with asyncio.timeout(20):
        while not any(texts[-1] in update.body.decode() for update in await line.updates(after=0, most=100)):
            await line.wait_for_update(seconds=20)


def _texts(updates: list[dict]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_an_offset_says_what_the_bot_has(bot: ServedBot) -> None:
    await _says(bot, await bot.at_work.visitor(), "satu", "dua", "tiga")
    updates = await bot.call("getUpdates", limit=2, allowed_updates=MESSAGES)
    assert _texts(updates) == ["satu", "dua"]
    assert _texts(await bot.call("getUpdates")) == ["satu", "dua", "tiga"]
    rest = await bot.call("getUpdates", offset=updates[0]["update_id"] + 1)
    assert _texts(rest) == ["dua", "tiga"]
    assert _texts(await bot.call("getUpdates")) == ["dua", "tiga"]
    assert _texts(await bot.call("getUpdates", offset=-1)) == ["tiga"]
    assert _texts(await bot.call("getUpdates")) == ["tiga"]
    assert (await bot.call("getWebhookInfo"))["pending_update_count"] == 1
    assert await bot.call("getUpdates", offset=rest[-1]["update_id"] + 1) == []


async def test_what_the_bot_did_not_ask_for_it_is_not_told(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    await _says(bot, visitor, "satu")
    assert await bot.call("getUpdates", allowed_updates=["callback_query"]) == []
    assert (await bot.call("getWebhookInfo"))["allowed_updates"] == ["callback_query"]
    assert await bot.call("getUpdates", allowed_updates=[]) == []
    assert "allowed_updates" not in await bot.call("getWebhookInfo")
    await _says(bot, visitor, "dua")
    assert _texts(await bot.call("getUpdates")) == ["dua"]


async def test_a_token_in_two_places_is_told_so(bot: ServedBot) -> None:
    first = asyncio.create_task(bot.ask("getUpdates", timeout="30"))
    # The first waits once the second has ended it: whoever comes later takes over.
    second = asyncio.create_task(bot.ask("getUpdates", timeout="30"))
    done, _ = await asyncio.wait({first, second}, timeout=20, return_when=asyncio.FIRST_COMPLETED)
    answer = done.pop().result()
    assert answer.status_code == 409
    reason = "terminated by other getUpdates request; make sure that only one bot instance is running"
    assert answer.json()["description"] == f"Conflict: {reason}"
    await bot.call("setWebhook", url="https://example.id/hook")
    done, _ = await asyncio.wait({first, second}, timeout=20)
    assert {each.result().json()["description"] for each in done} >= {"Conflict: terminated by setWebhook request"}
    refused = await bot.refused("getUpdates")
    assert refused.startswith("Conflict: can't use getUpdates method while webhook is active; use deleteWebhook")


async def test_a_webhook_is_kept_and_told_of(bot: ServedBot) -> None:
    await _says(bot, await bot.at_work.visitor(), "satu")
    fields: dict[str, Any] = {"secret_token": "a_b-1", "max_connections": 500, "allowed_updates": '["message"]'}
    answer = await bot.ask("setWebhook", url="http://127.0.0.1:9/hook", drop_pending_updates="true", **fields)
    assert answer.json() == {"ok": True, "result": True, "description": "Webhook was set"}
    kept = await bot.at_work.line.webhook()
    assert kept is not None
    assert kept.since_ts > 0
    wanted = Webhook(url="http://127.0.0.1:9/hook", secret="a_b-1", kinds=("message",), at_once=100)
    assert replace(kept, since_ts=0) == wanted
    info = await bot.call("getWebhookInfo")
    assert (info["url"], info["max_connections"], info["pending_update_count"]) == (kept.url, 100, 0)
    for url, secret, reason in (
        ("ftp://e.id", "", "bad webhook: an HTTPS URL must be provided for webhook"),
        ("https://[", "", "bad webhook: an HTTPS URL must be provided for webhook"),
        ("https://e.id", "a b", "secret token contains unallowed characters"),
    ):
        assert await bot.refused("setWebhook", url=url, secret_token=secret) == f"Bad Request: {reason}"
    for description in ("Webhook was deleted", "Webhook is already deleted"):
        assert (await bot.ask("setWebhook", url="")).json()["description"] == description
    assert (await bot.call("getWebhookInfo"))["url"] == ""
