"""A character that PostgreSQL cannot hold, wherever a stranger may write one: nothing is lost of it, or said twice."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from amanat.gateway.bots.api import Webhook
from amanat.gateway.bots.model import Media, Saying
from amanat.gateway.bots.texts import NUL, holdable
from tests.gateway.device.town import Town
from tests.gateway.service.bot_at_work import BotAtWork, send

ODD = f"a{NUL}b"
KEPT = "a\ufffdb"
FILE = {"url": "mxc://a/b", "key": {"k": "x"}, "iv": "x", "hashes": {"sha256": "x"}, "v": "v2"}


@pytest.fixture
async def at_work(town: Town, tmp_path: Path, postgres_url: str) -> AsyncIterator[BotAtWork]:
    """A bot on PostgreSQL."""
    bot = await BotAtWork.begin(town, tmp_path / "bot", database=postgres_url)
    yield bot
    await bot.close()


def test_a_text_is_holdable() -> None:
    assert (holdable(ODD), holdable("a")) == (KEPT, "a")


async def test_what_people_and_programs_write_is_kept(at_work: BotAtWork) -> None:
    visitor, line = await at_work.visitor(), at_work.line
    await send(visitor, {"msgtype": "m.file", "body": ODD, "file": FILE, "info": {"mimetype": ODD}})
    came = (await at_work.told("Came"))["said"]
    assert (came["body"]["name"], came["body"]["mimetype"]) == (KEPT, KEPT)
    # Our app says within the ciphertext what a button answers: no server looks at it there.
    await send(visitor, {"msgtype": "m.text", "body": "halo", "m.in_reply_to": {"event_id": ODD}})
    assert (await at_work.told("Came"))["said"]["reply_to"] is None
    chat = await line.chat(came["chat"]["number"])
    number = await line.keep_file(b"a", name=ODD, mimetype=ODD)
    assert (kept := await line.file(number)) is not None
    assert (kept.name, kept.mimetype) == (KEPT, KEPT)
    media = Media(kind="file", file=number, name=ODD, mimetype="text/plain", size=1)
    assert (await line.say(chat, Saying(body=media))).number
    await line.react(chat, came["number"], emoji=ODD)


async def test_what_a_webhook_answers_is_noted_and_nothing_is_delivered_twice(at_work: BotAtWork) -> None:
    visitor, receiver = await at_work.visitor(), at_work.receiver
    receiver.answer = lambda _: ODD.encode()
    await at_work.line.set_webhook(Webhook(url="https://bot.example/hook", kinds=("Came",)))
    for count, word in enumerate(("satu", "dua"), 1):
        await visitor.writes(word)
        await receiver.gets(count)
        await at_work.nothing_waits()
    assert [_answered(each) for each in await at_work.line.deliveries()] == [(200, KEPT), (200, KEPT)]
    assert len(receiver.tries) == 2


def _answered(delivery: Any) -> tuple[int, str]:
    return delivery.status, delivery.answer
