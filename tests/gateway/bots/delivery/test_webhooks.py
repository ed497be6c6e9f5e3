"""What waits for a bot is delivered: in each chat's order, once it is taken, byte for byte."""

import msgspec

from amanat.gateway.bots.api import Webhook
from amanat.outbound.http import MAX_ANSWER_BYTES, HttpClient
from tests.gateway.device.town import until
from tests.gateway.service.bot_at_work import BotAtWork
from tests.outbound.answering import answering


def _word(body: bytes) -> str:
    return str(msgspec.json.decode(body)["heard"]["said"]["body"]["text"])


async def test_a_webhook_gets_each_update_once_it_answers_and_in_order(at_work: BotAtWork) -> None:
    at_work.receiver.fails = 2
    await at_work.line.set_webhook(Webhook(url="https://bot.example/hook", kinds=("Came",)))
    visitor = await at_work.visitor()
    for word in ("satu", "dua", "tiga"):
        await visitor.writes(word)
    came = await at_work.receiver.gets(3)
    assert [_word(body) for body in came] == ["satu", "dua", "tiga"]
    assert at_work.receiver.tries[0] == at_work.receiver.tries[1] == came[0], "every try brings the same bytes"
    await at_work.nothing_waits()
    tried = await at_work.line.deliveries()
    assert [each.status for each in tried] == [200, 200, 200, 503, 503]
    assert await at_work.line.replay(tried[0].position)
    assert (await at_work.receiver.gets(4))[3] == came[2]
    assert not await at_work.line.replay(999)


async def test_who_cannot_be_reached_is_tried_again_and_others_are_not_held_up(at_work: BotAtWork) -> None:
    at_work.receiver.refuses = "pertama"
    await at_work.line.set_webhook(Webhook(url="https://bot.example/hook", kinds=("Came",)))
    first, second = await at_work.visitor("first"), await at_work.visitor("second")
    await first.writes("pertama")
    await at_work.receiver.is_tried(1)
    await second.writes("kedua")
    assert _word((await at_work.receiver.gets(1))[0]) == "kedua"
    at_work.receiver.refuses = ""
    assert _word((await at_work.receiver.gets(2))[1]) == "pertama"


async def test_who_answers_at_length_is_told_once(at_work: BotAtWork) -> None:
    async with answering() as talkative:
        talkative.body = b"x" * (MAX_ANSWER_BYTES + 1)
        outside = HttpClient(private_networks=["127.0.0.0/8"])
        at_work.receiver.ask = outside.ask  # type: ignore[method-assign]  # a receiver over a socket
        await at_work.line.set_webhook(Webhook(url=talkative.url, kinds=("Came",)))
        visitor = await at_work.visitor()
        for word in ("satu", "dua"):
            await visitor.writes(word)

        async def are_noted() -> bool:
            return len(await at_work.line.deliveries()) == 2

        await until(are_noted)
        assert [_word(asked.body) for asked in talkative.asked] == ["satu", "dua"]
        await outside.close()


async def test_a_try_that_hangs_holds_up_nobody_elses_next(at_work: BotAtWork) -> None:
    receiver = at_work.receiver
    receiver.holds, receiver.refuses = "pertama", "kedua"
    await at_work.line.set_webhook(Webhook(url="https://bot.example/hook", kinds=("Came",)))
    first, second = await at_work.visitor("first"), await at_work.visitor("second")
    await first.writes("pertama")
    await receiver.is_tried(1)
    await second.writes("kedua")
    await receiver.is_tried(2)
    receiver.refuses = ""
    await receiver.is_given("kedua")
    receiver.let_go.set()
    await receiver.is_given("pertama")
