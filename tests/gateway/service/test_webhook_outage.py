"""A webhook that is down for a day, and one that stays down for longer than its API keeps updates, for both APIs."""

from collections.abc import Awaitable, Callable
from typing import Final

from amanat.gateway.bots.delivery.deliveries import GIVEN_UP
from amanat.gateway.bots.delivery.webhooks import LAST_RETRY_S
from amanat.gateway.bots.upkeep import Upkeep
from tests.gateway.cloud_api.conftest import bot_hook, cloud
from tests.gateway.cloud_api.hook import VERIFY_TOKEN, Hook
from tests.gateway.cloud_api.stand import Stand
from tests.gateway.device.town import until
from tests.gateway.service.at_work import Visitor
from tests.gateway.service.bot_at_work import BotAtWork
from tests.gateway.telegram_bot_api.conftest import bot, town
from tests.gateway.telegram_bot_api.served import ServedBot

__all__ = ["bot", "bot_hook", "cloud", "town"]

HOUR_MS: Final = 3_600_000
PAUSE_MS: Final = round(LAST_RETRY_S * 1000)


async def test_a_webhook_of_the_telegram_bot_api(bot: ServedBot, bot_hook: Hook) -> None:
    async def waits() -> int:
        return int((await bot.call("getWebhookInfo"))["pending_update_count"])

    await bot.call("setWebhook", url=bot_hook.url, allowed_updates=["message"])
    await be_down_for_a_day(bot.at_work, bot_hook, waits=waits, keeps_ms=24 * HOUR_MS)


async def test_a_webhook_of_the_cloud_api(cloud: Stand, bot_hook: Hook) -> None:
    override = {"override_callback_uri": bot_hook.url, "verify_token": VERIFY_TOKEN}
    await cloud.ask("POST", f"/v23.0/{cloud.business}/subscribed_apps", json=override)
    await be_down_for_a_day(cloud, bot_hook, waits=cloud.line.count_updates, keeps_ms=7 * 24 * HOUR_MS)
    assert bot_hook.is_signed_by(cloud.held["app_secret"])


async def be_down_for_a_day(
    at_work: BotAtWork, hook: Hook, *, waits: Callable[[], Awaitable[int]], keeps_ms: int
) -> None:
    """Let a webhook be down, the first time for an hour less than a day, then for longer than anything is kept."""
    visitor = await at_work.visitor()
    hook.is_down = True
    await say(visitor, "satu", "dua", "tiga", waits=waits, from_then=3)
    tries = await tried(at_work, after=0)
    for _ in range(23 * HOUR_MS // PAUSE_MS):
        # The pauses grow, and none is longer than this: each time, there is another try.
        tries = await later(at_work, PAUSE_MS, after=tries)
    assert await waits() == 3
    hook.is_down = False
    await later(at_work, PAUSE_MS, after=tries)
    await hook.takes(3)
    assert [word_in(body) for body in hook.bodies] == ["satu", "dua", "tiga"]
    assert {*hook.refused} == {hook.bodies[0]}, "what is behind it waits, and each try brings the same bytes"
    await until(lambda: none(waits))

    hook.is_down = True
    await say(visitor, "empat", "lima", waits=waits, from_then=2)
    tries = await tried(at_work, after=(await at_work.line.deliveries())[0].position - 1)
    for _ in range(12):
        # Until the pauses are so long that no try falls into what follows.
        tries = await later(at_work, PAUSE_MS, after=tries)
    at_work.ahead_ms += keeps_ms + HOUR_MS
    await Upkeep(at_work.ground, gave_up=at_work.bot.line.webhook_changed).forget()
    assert await waits() == 0
    hook.is_down = False
    given_up = [each for each in await at_work.line.deliveries() if each.answer == GIVEN_UP]
    await say(visitor, "enam", waits=waits, from_then=0)
    await hook.takes(4)
    assert len(given_up) == 2, "what was never tried is among them"
    for count, each in enumerate(reversed(given_up), start=5):
        assert await at_work.line.replay(each.position)
        await hook.takes(count)
    assert [word_in(body) for body in hook.bodies[3:]] == ["enam", "empat", "lima"]
    assert hook.bodies[4] in hook.refused


async def say(visitor: Visitor, *words: str, waits: Callable[[], Awaitable[int]], from_then: int) -> None:
    """Say some words, and wait until so many updates wait for the bot."""
    for word in words:
        await visitor.writes(word)

    async def has_come() -> bool:
        return await waits() >= from_then

    await until(has_come)


async def none(waits: Callable[[], Awaitable[int]]) -> bool:
    return await waits() == 0


async def later(at_work: BotAtWork, ms: int, *, after: int) -> int:
    """Let time pass, and wait until something more has been tried; returns how often it was by then."""
    at_work.ahead_ms += ms
    at_work.bot.line.webhook_changed()
    return await tried(at_work, after=after)


async def tried(at_work: BotAtWork, *, after: int) -> int:
    """Wait until more tries than those before have been noted."""
    last = 0

    async def has_been() -> bool:
        nonlocal last
        last = max((each.position for each in await at_work.line.deliveries()), default=0)
        return last > after

    await until(has_been)
    return last


def word_in(body: bytes) -> str:
    """Return which word an update brings, in whatever API's words."""
    return next(word for word in ("satu", "dua", "tiga", "empat", "lima", "enam") if f'"{word}"'.encode() in body)
