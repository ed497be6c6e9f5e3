"""Who is in a group, who administers it, and what a bot does about them: as far as the group lets it."""

import json
from datetime import UTC, datetime

import aiogram
import pytest
import telegram

from tests.gateway.device.town import until
from tests.gateway.telegram_bot_api.group import group_with, number_of
from tests.gateway.telegram_bot_api.served import TOKEN, ServedBot
from tests.gateway.telegram_bot_api.test_clients import aiogram_bot

NO_RIGHTS = "Bad Request: not enough rights to restrict/unrestrict chat member"
HOUR_S = 3600
MUTED = {"can_send_messages": False}


async def test_a_bot_learns_who_administers_a_group(bot: ServedBot) -> None:
    group = await group_with(bot)
    (ani,) = await bot.call("getChatAdministrators", chat_id=group.chat)
    assert (ani["status"], ani["is_anonymous"], ani["user"]["is_bot"]) == ("creator", False, False)
    assert await bot.call("getChatMemberCount", chat_id=group.chat) == 3
    assert (await bot.call("getChatMember", chat_id=group.chat, user_id=77))["status"] == "member"
    budi = await number_of(bot, group, group.budi)
    assert (await bot.call("getChatMember", chat_id=group.chat, user_id=budi))["status"] == "member"
    await group.empowers(bot, 50)
    ours = await bot.call("getChatMember", chat_id=group.chat, user_id=77)
    assert (ours["status"], ours["can_restrict_members"], ours["can_promote_members"]) == ("administrator", True, False)
    administrators = await bot.call("getChatAdministrators", chat_id=group.chat)
    assert [each["user"]["id"] for each in administrators] == [ani["user"]["id"], 77]
    assert await bot.refused("getChatMember", chat_id=group.chat, user_id=6) == "Bad Request: member not found"


async def test_without_power_it_changes_nobody(bot: ServedBot) -> None:
    group = await group_with(bot)
    budi = await number_of(bot, group, group.budi)
    ani = (await bot.call("getChatAdministrators", chat_id=group.chat))[0]["user"]["id"]
    whom = {"chat_id": group.chat, "user_id": budi}
    assert await bot.refused("banChatMember", **whom) == NO_RIGHTS
    assert await bot.refused("unbanChatMember", **whom) == NO_RIGHTS
    assert await bot.refused("restrictChatMember", **whom, permissions=MUTED) == NO_RIGHTS
    assert await bot.refused("promoteChatMember", **whom, can_delete_messages=True) == "Bad Request: not enough rights"
    refused = await bot.refused("setChatPermissions", chat_id=group.chat, permissions=MUTED)
    assert refused == "Bad Request: not enough rights to change chat permissions"
    for fields, reason in (
        ({"user_id": ani}, "can't remove chat owner"),
        ({"user_id": 77}, "can't restrict self"),
        ({"user_id": 6}, "PARTICIPANT_ID_INVALID"),
        ({}, "invalid user_id specified"),
    ):
        assert (await bot.refused("banChatMember", chat_id=group.chat, **fields)).startswith(f"Bad Request: {reason}")
    assert await group.membership(group.budi) == "join"


async def test_who_is_put_out_stays_out_until_they_may_come_again(bot: ServedBot) -> None:
    group = await group_with(bot)
    budi = await number_of(bot, group, group.budi)
    await group.empowers(bot, 50)
    whom = {"chat_id": group.chat, "user_id": budi}
    assert await bot.call("banChatMember", **whom)
    assert await group.membership(group.budi) == "ban"
    assert (await bot.call("getChatMember", **whom)) | {"user": 0} == {"user": 0, "status": "kicked", "until_date": 0}
    assert await bot.call("banChatMember", **whom), "what is so already is no mistake"
    assert await bot.call("unbanChatMember", **whom, only_if_banned=True)
    assert await group.membership(group.budi) == "leave"
    await group.ani.person.invite(group.room_id, group.budi.user_id)
    await group.budi.person.join(group.room_id)
    assert await bot.call("unbanChatMember", **whom, only_if_banned=True)
    assert await group.membership(group.budi) == "join"
    assert await bot.call("unbanChatMember", **whom), "as with Telegram, it puts out who is in"
    assert await group.membership(group.budi) == "leave"


async def test_who_may_not_write_is_restricted(bot: ServedBot) -> None:
    group = await group_with(bot)
    budi = await number_of(bot, group, group.budi)
    await group.empowers(bot, 100)
    whom = {"chat_id": group.chat, "user_id": budi}
    assert await bot.call("restrictChatMember", **whom, permissions=json.dumps(MUTED))
    told = await bot.call("getChatMember", **whom)
    assert (told["status"], told["is_member"], told["can_send_messages"]) == ("restricted", True, False)
    refused = await group.budi.person.put(f"/rooms/{group.room_id}/send/m.room.encrypted/x", {})
    assert refused.status == 403
    assert await bot.call("restrictChatMember", **whom, permissions={"can_send_messages": True})
    assert (await bot.call("getChatMember", **whom))["status"] == "member"
    assert await bot.call("setChatPermissions", chat_id=group.chat, permissions=MUTED)
    assert not (await bot.call("getChat", chat_id=group.chat))["permissions"]["can_send_messages"]
    assert (await bot.call("getChatMember", **whom))["status"] == "restricted"
    assert await bot.call("setChatPermissions", chat_id=group.chat, permissions={"can_send_messages": True})
    assert (await bot.call("getChat", chat_id=group.chat))["permissions"]["can_send_photos"]


async def test_clients_ban_and_silence_for_a_while(bot: ServedBot) -> None:
    group, at_work = await group_with(bot), bot.at_work
    budi = await number_of(bot, group, group.budi)
    await group.empowers(bot, 100)
    ends = datetime.fromtimestamp(at_work.now_ms() // 1000 + HOUR_S, UTC)
    async with telegram.Bot(TOKEN, base_url=bot.told["base_url"]) as program:
        assert await program.ban_chat_member(group.chat, budi, until_date=ends)
        banned = await program.get_chat_member(group.chat, budi)
        assert isinstance(banned, telegram.ChatMemberBanned)
        assert banned.until_date == ends
    at_work.passes(HOUR_S)

    async def is_free() -> bool:
        return await group.membership(group.budi) == "leave"

    await until(is_free)
    await group.ani.person.invite(group.room_id, group.budi.user_id)
    await group.budi.person.join(group.room_id)
    client, muted = aiogram_bot(bot), aiogram.types.ChatPermissions(can_send_messages=False)
    ends = datetime.fromtimestamp(at_work.now_ms() // 1000 + HOUR_S, UTC)
    assert await client.restrict_chat_member(group.chat, budi, muted, until_date=ends)
    silent = await client.get_chat_member(group.chat, budi)
    assert isinstance(silent, aiogram.types.ChatMemberRestricted)
    assert silent.until_date == ends
    at_work.passes(HOUR_S)

    async def may_write() -> bool:
        return (await client.get_chat_member(group.chat, budi)).status == "member"

    await until(may_write)
    await client.session.close()


@pytest.mark.parametrize("in_s", [29, 366 * 24 * HOUR_S + 60, -5])
async def test_less_than_half_a_minute_and_more_than_a_year_are_for_ever(bot: ServedBot, in_s: int) -> None:
    group = await group_with(bot)
    whom = {"chat_id": group.chat, "user_id": await number_of(bot, group, group.budi)}
    await group.empowers(bot, 50)
    assert await bot.call("banChatMember", **whom, until_date=bot.at_work.now_ms() // 1000 + in_s)
    assert (await bot.call("getChatMember", **whom))["until_date"] == 0


async def test_it_names_administrators_no_higher_than_itself(bot: ServedBot) -> None:
    group = await group_with(bot)
    budi = await number_of(bot, group, group.budi)
    await group.empowers(bot, 100)
    whom = {"chat_id": group.chat, "user_id": budi}
    assert await bot.call("promoteChatMember", **whom, can_delete_messages=True)
    told = await bot.call("getChatMember", **whom)
    assert (told["status"], told["can_delete_messages"], told["can_promote_members"]) == ("administrator", True, False)
    assert await bot.refused("banChatMember", **whom) == "Bad Request: user is an administrator of the chat"
    assert await bot.call("promoteChatMember", **whom)
    assert (await bot.call("getChatMember", **whom))["status"] == "member"
    await group.empowers(bot, 50)
    assert await bot.refused("promoteChatMember", **whom, can_promote_members=True) == "Bad Request: not enough rights"


async def test_a_bot_that_may_deletes_what_others_said(bot: ServedBot) -> None:
    group = await group_with(bot)
    await group.budi.say(group.room_id, "/beli murah")
    update = await bot.next_update("message")
    while update["message"].get("text") != "/beli murah":
        update = await bot.next_update("message", offset=update["update_id"] + 1)
    spam = {"chat_id": group.chat, "message_id": update["message"]["message_id"]}
    assert await bot.refused("deleteMessage", **spam) == "Bad Request: message can't be deleted for everyone"
    await group.empowers(bot, 50)
    assert await bot.call("deleteMessage", **spam)
    await group.ani.echo.until(
        lambda: any(each.type == "m.room.redaction" for each in group.ani.echo.received) or None, "sees it deleted"
    )


async def test_of_who_moves_it_is_told_if_it_asks(bot: ServedBot) -> None:
    group = await group_with(bot)
    budi = await number_of(bot, group, group.budi)
    await bot.call("getUpdates", allowed_updates=["chat_member", "my_chat_member"])
    banned = await group.ani.person.post(f"/rooms/{group.room_id}/ban", {"user_id": group.budi.user_id})
    assert banned.status == 200
    while True:
        moved = await bot.next_update("chat_member")
        await bot.call("getUpdates", offset=moved["update_id"] + 1)
        told = moved["chat_member"]
        if told["new_chat_member"]["user"]["id"] == budi and told["new_chat_member"]["status"] == "kicked":
            break
    assert told["old_chat_member"]["status"] == "member"
    assert told["from"]["id"] != budi
    kicked = await group.ani.person.post(f"/rooms/{group.room_id}/kick", {"user_id": bot.at_work.person.user_id})
    assert kicked.status == 200
    own = (await bot.next_update("my_chat_member"))["my_chat_member"]
    assert (own["old_chat_member"]["status"], own["new_chat_member"]["status"]) == ("member", "left")
    assert own["from"]["id"] == told["from"]["id"]
    assert await bot.refused("getChat", chat_id=group.chat) == "Forbidden: bot was kicked from the group chat"


async def test_whose_powers_change_clients_are_told(bot: ServedBot) -> None:
    group = await group_with(bot)
    budi = await number_of(bot, group, group.budi)
    client = aiogram_bot(bot)
    kinds = ["chat_member", "my_chat_member"]
    await bot.call("getUpdates", offset=-1, allowed_updates=kinds)
    await group.empowers(bot, 100)
    own, offset = None, 0
    while own is None or own.new_chat_member.status != "administrator":
        for update in await client.get_updates(offset=offset, timeout=20, allowed_updates=kinds):
            own, offset = update.my_chat_member or own, update.update_id + 1
    assert isinstance(own.new_chat_member, aiogram.types.ChatMemberAdministrator)
    assert (own.old_chat_member.status, own.new_chat_member.can_promote_members) == ("member", True)
    await group.lifts(group.budi.user_id, -1)
    async with telegram.Bot(TOKEN, base_url=bot.told["base_url"]) as program:
        (told,) = await program.get_updates(offset=offset, timeout=20, allowed_updates=kinds)
    changed = told.chat_member
    assert changed is not None
    assert isinstance(changed.new_chat_member, telegram.ChatMemberRestricted)
    assert (changed.new_chat_member.user.id, changed.new_chat_member.can_send_messages) == (budi, False)
    assert changed.from_user.id == own.from_user.id
    await client.session.close()


async def test_in_a_private_chat_there_is_nobody_to_change(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    for method in ("banChatMember", "unbanChatMember", "restrictChatMember", "promoteChatMember"):
        refused = await bot.refused(method, chat_id=chat, user_id=chat)
        assert refused == "Bad Request: chat member status can't be changed in private chats"
    refused = await bot.refused("setChatPermissions", chat_id=chat, permissions=MUTED)
    assert refused == "Bad Request: can't change private chat permissions"
