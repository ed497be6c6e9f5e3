"""A webhook is tested once, beside whatever waits for it."""

import pytest
from msgspec import json

from amanat.gateway.bots.api import NoWebhook, TooSoon, Webhook
from amanat.gateway.bots.delivery.trials import REST_S
from tests.gateway.service.bot_at_work import BotAtWork

HOOK = Webhook(url="https://bot.example/hook", kinds=("Came",))


async def test_a_test_says_what_was_answered_and_stands_among_the_last_deliveries(on_both: BotAtWork) -> None:
    trials, line = on_both.bot.trials, on_both.line
    with pytest.raises(NoWebhook):
        await trials.send()
    await line.set_webhook(HOOK)
    went = await trials.send()
    assert (went.status, went.answer) == (200, "")
    (body,) = await on_both.receiver.gets(1)
    (noted,) = await line.deliveries()
    assert (noted.kind, noted.status, noted.state) == ("test", 200, "delivered")
    assert json.decode(body) == {"test": noted.update}
    assert not await line.replay(noted.position), "it is tested again instead"


async def test_a_test_that_fails_is_not_tried_again_and_holds_nothing_up(at_work: BotAtWork) -> None:
    trials, line, clock = at_work.bot.trials, at_work.line, [100.0]
    trials.clock = lambda: clock[0]
    await line.set_webhook(HOOK)
    at_work.receiver.fails = 1
    assert (await trials.send()).status == 503
    with pytest.raises(TooSoon):
        await trials.send()
    visitor = await at_work.visitor()
    await visitor.writes("halo")
    assert b"halo" in (await at_work.receiver.gets(1))[0]
    await at_work.nothing_waits()
    clock[0] += REST_S
    assert (await trials.send()).status == 200
    assert [(each.kind, each.state) for each in await line.deliveries()] == [
        ("test", "delivered"), ("Came", "delivered"), ("test", "failed"),
    ]  # fmt: skip
