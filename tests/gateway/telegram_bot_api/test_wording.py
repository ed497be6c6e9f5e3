"""Refusals in Telegram's own words, which programs look for; as tdlib/telegram-bot-api and tdlib/td have them."""

from typing import Any

import aiogram
import pytest
import telegram
from msgspec import Struct

from tests.gateway.telegram_bot_api.group import Group, group_with, number_of
from tests.gateway.telegram_bot_api.served import TOKEN, ServedBot
from tests.gateway.telegram_bot_api.test_clients import aiogram_bot

MUTED = {"can_send_messages": False}


class Row(Struct, frozen=True):
    """A call, and what answers it. Of `fields`, names stand for numbers: `budi`, `ani`, `bot`, `said`, `own`."""

    method: str
    words: str
    fields: dict[str, Any] = {}


WITHOUT_POWER = [
    Row("banChatMember", "not enough rights to restrict/unrestrict chat member", {"user_id": "budi"}),
    Row("banChatMember", "can't remove chat owner", {"user_id": "ani"}),
    Row("banChatMember", "can't restrict self", {"user_id": "bot"}),
    Row("banChatMember", "PARTICIPANT_ID_INVALID", {"user_id": 6}),
    Row("banChatMember", "invalid user_id specified"),
    Row(
        "restrictChatMember",
        "not enough rights to restrict/unrestrict chat member",
        {"user_id": "budi", "permissions": MUTED},
    ),
    Row("restrictChatMember", "can't parse permissions JSON object", {"user_id": "budi", "permissions": "{"}),
    Row("promoteChatMember", "not enough rights", {"user_id": "budi", "can_delete_messages": True}),
    Row("promoteChatMember", "can't promote self", {"user_id": "bot"}),
    Row("setChatPermissions", "not enough rights to change chat permissions", {"permissions": MUTED}),
    Row("setChatTitle", "not enough rights to change chat title", {"title": "x"}),
    Row("setChatTitle", "title must be non-empty"),
    Row("setChatDescription", "not enough rights to set chat description", {"description": "x"}),
    Row("createChatInviteLink", "not enough rights to manage chat invite link"),
    Row("revokeChatInviteLink", "invite link must be non-empty"),
    Row("pinChatMessage", "not enough rights to manage pinned messages in the chat", {"message_id": "said"}),
    Row("pinChatMessage", "message to pin not found", {"message_id": 10**9}),
    Row("unpinChatMessage", "message to unpin not found", {"message_id": 10**9}),
    Row("approveChatJoinRequest", "USER_ALREADY_PARTICIPANT", {"user_id": "budi"}),
    Row("declineChatJoinRequest", "HIDE_REQUESTER_MISSING", {"user_id": "bot"}),
    Row("deleteMessage", "message can't be deleted for everyone", {"message_id": "said"}),
    Row("deleteMessage", "message to delete not found", {"message_id": 10**9}),
    Row("deleteMessage", "message identifier is not specified"),
    Row("deleteMessages", "message identifiers are not specified"),
    Row("deleteMessages", "too many message identifiers specified", {"message_ids": list(range(1, 102))}),
    Row("deleteMessages", "expected an Array of message identifiers", {"message_ids": {"1": 2}}),
    Row("editMessageText", "message to edit not found", {"message_id": 10**9, "text": "x"}),
    Row("editMessageText", "message can't be edited", {"message_id": "said", "text": "x"}),
    Row(
        "editMessageText",
        "message is not modified: specified new message content and reply markup are exactly the same as a current "
        "content and reply markup of the message",
        {"message_id": "own", "text": "halo"},
    ),
    Row("editMessageText", "message text is empty", {"message_id": "own"}),
    Row("editMessageCaption", "there is no caption in the message to edit", {"message_id": "own", "caption": "x"}),
    Row("copyMessage", "message to copy not found", {"from_chat_id": "chat", "message_id": 10**9}),
    Row("forwardMessage", "message to forward not found", {"from_chat_id": "chat", "message_id": 10**9}),
    Row("stopPoll", "message with poll to stop not found", {"message_id": 10**9}),
    Row("setMessageReaction", "message to react not found", {"message_id": 10**9}),
    Row("sendMessage", "message text is empty"),
    Row("sendMessage", "message is too long", {"text": "x" * 4097}),
    Row(
        "sendMessage",
        "message to be replied not found",
        {"text": "x", "reply_parameters": {"message_id": 10**9}},
    ),
    Row("sendMessage", "unsupported parse_mode", {"text": "x", "parse_mode": "rtf"}),
    Row("sendChatAction", "wrong parameter action in request", {"action": "sleeping"}),
    Row("sendMessage", "chat not found", {"chat_id": -5, "text": "x"}),
    Row("sendMessage", "chat_id is empty", {"chat_id": "", "text": "x"}),
]

IN_PRIVATE = [
    Row("setChatTitle", "can't change private chat title", {"title": "x"}),
    Row("setChatDescription", "can't change private chat description", {"description": "x"}),
    Row("setChatPermissions", "can't change private chat permissions", {"permissions": MUTED}),
    Row("createChatInviteLink", "can't invite members to a private chat"),
    Row("banChatMember", "chat member status can't be changed in private chats", {"user_id": 5}),
    Row("leaveChat", "chat member status can't be changed in private chats"),
    Row("getChatAdministrators", "there are no administrators in the private chat"),
    Row("answerCallbackQuery", "query is too old and response timeout expired or query ID is invalid"),
]


async def test_what_a_group_gives_no_power_for_and_what_is_not_there(bot: ServedBot) -> None:
    group = await group_with(bot)
    names = await _names(bot, group)
    for row in WITHOUT_POWER:
        fields = {
            key: names.get(value, value) if isinstance(value, str) else value for key, value in row.fields.items()
        }
        refused = await bot.refused(row.method, **{"chat_id": group.chat} | fields)
        assert (row.method, refused) == (row.method, f"Bad Request: {row.words}")


async def test_in_a_private_chat(bot: ServedBot) -> None:
    chat = await bot.chat_with(await bot.at_work.visitor())
    for row in IN_PRIVATE:
        refused = await bot.refused(row.method, **{"chat_id": chat} | row.fields)
        assert (row.method, refused) == (row.method, f"Bad Request: {row.words}")


async def test_clients_tell_a_bot_that_was_put_out_from_one_that_asks_for_nothing(bot: ServedBot) -> None:
    group = await group_with(bot)
    kicked = await group.ani.person.post(f"/rooms/{group.room_id}/kick", {"user_id": bot.at_work.person.user_id})
    assert kicked.status == 200
    while (await bot.next_update("my_chat_member"))["my_chat_member"]["new_chat_member"]["status"] != "left":
        await bot.call("getUpdates", offset=-1)
    async with telegram.Bot(TOKEN, base_url=bot.told["base_url"]) as program:
        with pytest.raises(telegram.error.Forbidden, match="bot was kicked from the group chat"):
            await program.send_message(group.chat, "halo")
        with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
            await program.send_message(-5, "halo")
    client = aiogram_bot(bot)
    with pytest.raises(aiogram.exceptions.TelegramForbiddenError, match="bot was kicked from the group chat"):
        await client.get_chat(group.chat)
    await client.session.close()


async def _names(bot: ServedBot, group: Group) -> dict[str, Any]:
    """Return the numbers that the names of a row stand for."""
    budi = await number_of(bot, group, group.budi)
    update = await bot.next_update("message")
    while update["message"].get("text") != f"/halo {group.budi.user_id}":
        update = await bot.next_update("message", offset=update["update_id"] + 1)
    said = update["message"]
    own = await bot.call("sendMessage", chat_id=group.chat, text="halo")
    ani = (await bot.call("getChatAdministrators", chat_id=group.chat))[0]["user"]["id"]
    return {
        "budi": budi,
        "ani": ani,
        "bot": 77,
        "said": said["message_id"],
        "own": own["message_id"],
        "chat": group.chat,
    }
