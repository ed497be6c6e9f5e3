"""A bot's way to its chats: people, files, settings."""

import asyncio

import pytest

from amanat.gateway.bots.api import NoSuchChat, NoSuchMessage
from amanat.gateway.bots.model import Media, Saying, Words
from tests.gateway.service.bot_at_work import BotAtWork, send


async def test_files_go_both_ways_and_can_be_forgotten(at_work: BotAtWork) -> None:
    line, visitor = at_work.line, await at_work.visitor()
    await send(visitor, {"msgtype": "m.location", "body": "Sini", "geo_uri": "geo:-6.2,106.8"})
    chat = await line.chat((await at_work.told("Came"))["said"]["chat"]["number"])
    content = b"\x89PNG\r\n\x1a\n not quite"
    number = await line.keep_file(content, name="foto.png", mimetype="image/png")
    media = Media(
        kind="picture", file=number, name="foto.png", mimetype="image/png", size=len(content), caption=Words(text="Ini")
    )
    await line.say(chat, Saying(body=media))
    got = await visitor.gets(".png")
    assert (got.opened(), got.content["body"]) == (content, "Ini")
    await send(visitor, {**got.content, "msgtype": "m.file", "body": "salinan.png", "filename": "salinan.png"})
    sent = (await at_work.told("Came"))["said"]["body"]
    assert (sent["kind"], sent["name"]) == ("file", "salinan.png")
    assert await line.open_file(sent["file"]) == content
    assert await line.drop_file(number)
    assert not await line.drop_file(number)
    assert await line.open_file(number) is None
    with pytest.raises(NoSuchMessage):
        await line.say(chat, Saying(body=media))


async def test_whom_it_knows_and_what_it_keeps(at_work: BotAtWork) -> None:
    line, visitor = at_work.line, await at_work.visitor()
    await visitor.writes("halo")
    said = (await at_work.told("Came"))["said"]
    chat = await line.chat(said["chat"]["number"])
    assert [person.number for person in await line.members(chat)] == [said["sender"]["number"]]
    assert await line.person(said["sender"]["number"]) == chat.person
    assert await line.person(5) is None
    assert await line.person_of_phone("+6281234567890") is None
    await line.mark_read(chat, said["number"])
    await line.show_typing(chat, seconds=1)
    with pytest.raises(NoSuchMessage):
        await line.mark_read(chat, 999)
    await line.keep_setting("words", b"x")
    assert await line.setting("words") == b"x"
    await line.keep_setting("words", None)
    assert await line.setting("words") is None
    await line.leave(chat)
    with pytest.raises(NoSuchChat):
        await line.chat(chat.number)


async def test_what_is_kept_is_changed_by_one_at_a_time(on_both: BotAtWork) -> None:
    line = on_both.line
    await asyncio.gather(*(line.change_setting("count", lambda kept: (kept or b"") + b"x") for _ in range(20)))
    assert await line.setting("count") == b"x" * 20

    def refuse(_kept: bytes | None) -> bytes:
        raise NoSuchMessage

    with pytest.raises(NoSuchMessage):
        await line.change_setting("count", refuse)
    assert await line.setting("count") == b"x" * 20
    await line.change_setting("count", lambda _: None)
    assert await line.setting("count") is None
