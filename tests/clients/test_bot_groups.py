"""A bot in a group of people at another client: what it hears, what it says on coming in, and what it may do there."""

from pathlib import Path

import aiogram
import nio
import pytest
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest

from amanat.gateway.service.bot_creating import MadeBot
from tests.clients.bots import bot_of
from tests.clients.conftest import People
from tests.clients.nio_person import NioPerson
from tests.processes import AmanatProcess

HEARS_NAMED = "told only of commands, answers to me, and what names @"
HEARS_ALL = "My program is told of everything."


async def test_in_privacy_mode_python_telegram_bot_hears_what_is_meant_for_it(
    lab: AmanatProcess, people: People, tmp_path: Path
) -> None:
    async with bot_of(lab, tmp_path, name="tertib", api="telegram") as made:
        ani, budi, room_id = await _group(people, made)
        async with telegram.Bot(made.token, base_url=str(made.access["base_url"])) as program:
            await ani.say(room_id, "ini di antara kita")
            await _hears_the_notice(ani, room_id, HEARS_NAMED)
            await budi.say(room_id, "/mulai")
            first = await _next_text(program)
            assert first.text == "/mulai"
            await program.send_message(first.chat_id, "Ya?")
            asked = await budi.hears(room_id, "Ya?")
            await ani.say(room_id, "juga di antara kita")
            reply = {"m.in_reply_to": {"event_id": asked}}
            await budi.send(room_id, {"msgtype": "m.text", "body": "jadwal", "m.relates_to": reply})
            answer = await _next_text(program)
            assert answer.reply_to_message is not None
            assert (answer.text, answer.reply_to_message.text) == ("jadwal", "Ya?")
            await ani.say(room_id, "@tertib tolong")
            assert (await _next_text(program)).text == "@tertib tolong"

            (creator,) = await program.get_chat_administrators(first.chat_id)
            assert creator.status == "creator"
            assert await program.get_chat_member_count(first.chat_id) == 3
            assert first.from_user is not None
            with pytest.raises(telegram.error.BadRequest, match="ot enough rights to restrict/unrestrict chat member"):
                await program.ban_chat_member(first.chat_id, first.from_user.id)
            await _empower(ani, room_id, made.user_id)
            assert await program.ban_chat_member(first.chat_id, first.from_user.id)
            banned = await program.get_chat_member(first.chat_id, first.from_user.id)
            assert banned.status == "kicked"
            assert isinstance(await program.get_chat(first.chat_id), telegram.ChatFullInfo)


async def test_a_bot_that_was_made_to_hears_all_and_says_so(lab: AmanatProcess, people: People, tmp_path: Path) -> None:
    async with bot_of(lab, tmp_path, name="pendengar", api="telegram", hears_groups=True) as made:
        ani, _, room_id = await _group(people, made)
        await ani.say(room_id, "ini di antara kita")
        await _hears_the_notice(ani, room_id, HEARS_ALL)
        session = AiohttpSession(api=TelegramAPIServer.from_base(str(made.access["api_root"])))
        async with aiogram.Bot(made.token, session=session) as program:
            heard: list[str] = []
            chat, offset = 0, 0
            while "ini di antara kita" not in heard:
                for update in await program.get_updates(offset=offset, timeout=20):
                    offset = update.update_id + 1
                    if update.message is not None and update.message.text is not None:
                        heard.append(update.message.text)
                        chat = update.message.chat.id
            (creator,) = await program.get_chat_administrators(chat)
            assert creator.status == "creator"
            with pytest.raises(TelegramBadRequest, match="not enough rights to manage chat invite link"):
                await program.create_chat_invite_link(chat)
            await _empower(ani, room_id, made.user_id)
            link = await program.create_chat_invite_link(chat, creates_join_request=True)
            assert (link.creates_join_request, link.is_primary) == (True, False)
            permissions = (await program.get_chat(chat)).permissions
            assert permissions is not None
            assert permissions.can_send_messages


async def _group(people: People, made: MadeBot) -> tuple[NioPerson, NioPerson, str]:
    """Let Ani make a group with Budi, and bring the bot in."""
    ani, budi = await people.nio("ani"), await people.nio("budi")
    room_id = await ani.create_room(invite=[budi.user_id])
    await budi.join(room_id)
    await ani.client.room_invite(room_id, made.user_id)
    for each in ani, budi:
        await each.knows_members(room_id, [ani.user_id, budi.user_id, made.user_id])
    return ani, budi, room_id


async def _hears_the_notice(person: NioPerson, room_id: str, words: str) -> None:
    """Wait for what the bot says on coming in; whose account has no identity is told once they have written."""

    def find() -> bool | None:
        said = person.events(room_id, nio.RoomMessageText)
        return any(words in event.body for event in said) or None

    await person.until(find, f"hears the notice: {words}")


async def _empower(owner: NioPerson, room_id: str, user_id: str) -> None:
    """Give the bot the highest level that an event can hold here."""
    levels = await owner.client.room_get_state_event(room_id, "m.room.power_levels")
    content = levels.content | {"users": levels.content.get("users", {}) | {user_id: 100}}
    await owner.client.room_put_state(room_id, "m.room.power_levels", content)


async def _next_text(program: telegram.Bot) -> telegram.Message:
    """Return the next text that the program is told of."""
    while True:
        for update in await program.get_updates(limit=1, timeout=20):
            await program.get_updates(offset=update.update_id + 1, limit=1)
            if update.message is not None and update.message.text is not None:
                return update.message
