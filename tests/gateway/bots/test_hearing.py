"""What a bot is told of."""

import pytest

from amanat.gateway.bots.api import NoSuchChat
from amanat.gateway.bots.model import Choice, Saying, Words
from tests.gateway.service.at_work import Visitor
from tests.gateway.service.bot_at_work import BotAtWork, send

MENU = (Choice(label="Status", data="status"), Choice(label="Syarat", data="need"), Choice(label="Batal"))


async def test_words_choices_reactions_and_what_is_taken_back(at_work: BotAtWork) -> None:
    line, visitor = at_work.line, await at_work.visitor()
    await visitor.writes("/start")
    came = (await at_work.told("Came"))["said"]
    assert came["body"] == {"type": "Words", "text": "/start", "html": ""}
    chat = await line.chat(came["chat"]["number"])
    assert (chat.kind, chat.person and chat.person.number) == ("private", chat.number)
    said = await line.say(chat, Saying(body=Words(text="Pilih:"), choices=MENU))
    shown = await visitor.hears("Pilih:")
    assert shown == "Pilih:\n\n1. Status\n2. Syarat\n3. Batal"
    await visitor.writes("2")
    pressed = await at_work.told("Pressed")
    assert (pressed["choice"]["data"], pressed["said"]["number"]) == ("need", said.number)
    used = {"org.matrix.msc4139.used_prompt": {"id": f"m{said.number}/c0"}}
    await send(visitor, {"msgtype": "m.text", "body": "Status", **used})
    assert (await at_work.told("Pressed"))["choice"]["data"] == "status"
    await visitor.writes("3")
    assert (await at_work.told("Came"))["said"]["body"]["text"] == "Batal", "a key without data says its words"

    menu = next(each for each in visitor.citizen.echo.received if each.content.get("body") == shown)
    await send(
        visitor, {"m.relates_to": {"rel_type": "m.annotation", "event_id": menu.event_id, "key": "👍"}}, "m.reaction"
    )
    assert (await at_work.told("Reacted"))["number"] == said.number
    answer = {"msgtype": "m.text", "body": "baik", "m.relates_to": {"m.in_reply_to": {"event_id": menu.event_id}}}
    await send(visitor, answer)
    quoting = await at_work.told("Came")
    assert (quoting["said"]["reply_to"], quoting["quoted"]["body"]["text"]) == (said.number, "Pilih:")


async def test_what_is_changed_and_deleted(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    event_id = await send(visitor, {"msgtype": "m.text", "body": "salah"})
    first = (await at_work.told("Came"))["said"]
    relates = {"rel_type": "m.replace", "event_id": event_id}
    changed = {"msgtype": "m.text", "body": "benar"}
    await send(visitor, {"msgtype": "m.text", "body": "* benar", "m.new_content": changed, "m.relates_to": relates})
    edited = (await at_work.told("Edited"))["said"]
    assert (edited["number"], edited["body"]["text"]) == (first["number"], "benar")
    await visitor.citizen.ground.api.redact(visitor.room_id, event_id, txn_id="gone")
    assert (await at_work.told("TakenBack"))["number"] == first["number"]


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
