"""A bot's chats, encrypted to its device: what it is told of, what it says, and what is delivered to its webhook."""

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from amanat.gateway.bots.api import NoSuchChat, NoSuchMessage, Webhook
from amanat.gateway.bots.model import Choice, Media, Place, Saying, Words
from amanat.gateway.device.ground import random_id
from amanat.gateway.device.happenings import Outgoing
from tests.gateway.device.town import Town
from tests.gateway.service.at_work import Visitor
from tests.gateway.service.bot_at_work import BotAtWork

MENU = (Choice(label="Status", data="status"), Choice(label="Syarat", data="need", description="apa saja"))


@pytest.fixture
async def at_work(town: Town, tmp_path: Path) -> AsyncIterator[BotAtWork]:
    bot = await BotAtWork.begin(town, tmp_path / "bot")
    yield bot
    await bot.close()


async def _send(visitor: Visitor, content: dict, event_type: str = "m.room.message") -> None:
    outgoing = Outgoing(room_id=visitor.room_id, txn_id=random_id(), type=event_type, content=content)
    await visitor.citizen.store.write(lambda tx: visitor.citizen.device.say(tx, outgoing))


async def test_words_menus_edits_reactions_and_deletions(at_work: BotAtWork) -> None:
    line, visitor = at_work.line, await at_work.visitor()
    await visitor.writes("/start")
    came = (await at_work.told("Came"))["said"]
    assert came["body"] == {"type": "Words", "text": "/start", "html": ""}
    chat = await line.chat(came["chat"]["number"])
    assert (chat.kind, chat.person and chat.person.number) == ("private", chat.number)

    said = await line.say(chat, Saying(body=Words(text="Pilih:"), choices=MENU, markup=b"[]"))
    shown = await visitor.citizen.echo.hears("Pilih:\n\n1. Status\n2. Syarat – apa saja")
    assert (await at_work.told("Delivered"))["number"] == said.number
    prompts = shown.content["org.matrix.msc4139.prompts"]["prompts"]
    assert [prompt["id"] for prompt in prompts] == [f"m{said.number}/c0", f"m{said.number}/c1"]

    await visitor.writes("2")
    pressed = await at_work.told("Pressed")
    assert (pressed["choice"]["data"], pressed["said"]["number"]) == ("need", said.number)
    used = {"org.matrix.msc4139.used_prompt": {"id": f"m{said.number}/c0"}}
    await _send(visitor, {"msgtype": "m.text", "body": "Status", **used})
    assert (await at_work.told("Pressed"))["choice"]["data"] == "status"

    await line.edit(chat, said.number, saying=Saying(body=Words(text="Selesai.")))
    edited = await visitor.citizen.echo.hears("* Selesai.")
    assert edited.content["m.relates_to"]["event_id"] == shown.event_id
    await visitor.writes("2")
    assert (await at_work.told("Came"))["said"]["body"]["text"] == "2", "its menu is gone"

    like = {"m.relates_to": {"rel_type": "m.annotation", "event_id": shown.event_id, "key": "👍"}}
    await _send(visitor, like, "m.reaction")
    assert (await at_work.told("Reacted"))["number"] == said.number
    await line.react(chat, came["number"], emoji="🎉")
    reacted = await visitor.citizen.echo.until(
        lambda: next((each for each in visitor.citizen.echo.received if each.type == "m.reaction"), None), "reaction"
    )
    assert reacted.content["m.relates_to"]["key"] == "🎉"
    await line.delete(chat, said.number)
    await visitor.citizen.echo.until(
        lambda: next((each for each in visitor.citizen.echo.received if each.type == "m.room.redaction"), None), "gone"
    )
    with pytest.raises(NoSuchMessage):
        await line.edit(chat, said.number, saying=Saying(body=Words(text="?")))


async def test_files_and_places_both_ways(at_work: BotAtWork) -> None:
    line, visitor = at_work.line, await at_work.visitor()
    await _send(visitor, {"msgtype": "m.location", "body": "Sini", "geo_uri": "geo:-6.2,106.8"})
    chat = await line.chat((await at_work.told("Came"))["said"]["chat"]["number"])
    content = b"\x89PNG\r\n\x1a\n not quite"
    number = await line.keep_file(content, name="foto.png", mimetype="image/png")
    media = Media(
        kind="picture", file=number, name="foto.png", mimetype="image/png", size=len(content), caption=Words(text="Ini")
    )
    await line.say(chat, Saying(body=media))
    got = await visitor.gets(".png")
    assert (got.opened(), got.content["body"]) == (content, "Ini")
    await _send(visitor, {**got.content, "msgtype": "m.file", "body": "salinan.png", "filename": "salinan.png"})
    sent = (await at_work.told("Came"))["said"]["body"]
    assert (sent["kind"], sent["name"]) == ("file", "salinan.png")
    assert await line.open_file(sent["file"]) == content
    await line.say(chat, Saying(body=Place(latitude=-6.2, longitude=106.8)))
    await visitor.citizen.echo.hears("geo:-6.200000,106.800000")


async def test_a_webhook_gets_each_update_once_it_answers_and_in_order(at_work: BotAtWork) -> None:
    at_work.receiver.fails = 2
    await at_work.line.set_webhook(Webhook(url="https://bot.example/hook", kinds=("Came",)))
    visitor = await at_work.visitor()
    for word in ("satu", "dua", "tiga"):
        await visitor.writes(word)
    came = await at_work.receiver.gets(3)
    told = [msgspec.json.decode(body)["heard"]["said"]["body"]["text"] for body in came]
    assert told == ["satu", "dua", "tiga"]
    assert at_work.receiver.tries[0] == at_work.receiver.tries[1] == came[0], "every try brings the same bytes"
    tried = await at_work.line.deliveries()
    assert sorted(each.status for each in tried)[-2:] == [503, 503]
    assert await at_work.line.replay(tried[0].position)
    assert (await at_work.receiver.gets(4))[3] in came


async def test_it_goes_on_after_a_restart_and_knows_its_people(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    await visitor.writes("halo")
    before = (await at_work.told("Came"))["said"]
    await at_work.close()
    await visitor.writes("masih di sana?")
    await at_work.start()
    after = (await at_work.told("Came"))["said"]
    assert after["sender"] == before["sender"]
    assert after["number"] > before["number"]
    assert (await at_work.line.message(await at_work.line.chat(before["chat"]["number"]), before["number"])).number


async def test_who_leaves_is_told_of_and_cannot_be_written_to(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    await visitor.writes("halo")
    chat = await at_work.line.chat((await at_work.told("Came"))["said"]["chat"]["number"])
    await visitor.citizen.ground.api.leave(visitor.room_id)
    assert (await at_work.told("Membership"))["is_in"] is False
    with pytest.raises(NoSuchChat):
        await at_work.line.say(chat, Saying(body=Words(text="?")))


async def test_in_a_group_it_hears_what_is_meant_for_it(at_work: BotAtWork) -> None:
    first, second = await at_work.town.citizen("first"), await at_work.town.citizen("second")
    room_id = await first.person.create_room(invite=[at_work.person.user_id, second.user_id])
    await second.person.post(f"/rooms/{room_id}/join")
    await first.sees_member(room_id, at_work.person.user_id)
    await first.sees_member(room_id, second.user_id)
    visitor = Visitor(first, room_id)
    await visitor.writes("kita berdua saja")
    await visitor.writes("/status")
    said = (await at_work.told("Came"))["said"]
    assert (said["body"]["text"], said["chat"]["kind"], said["chat"]["number"] < 0) == ("/status", "group", True)
