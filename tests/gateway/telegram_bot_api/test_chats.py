"""Chats, who is in them, and presses that are answered."""

from tests.gateway.telegram_bot_api.served import ServedBot

YES = {"inline_keyboard": [[{"text": "Ya", "callback_data": "yes"}]]}


async def test_a_private_chat(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    told = await bot.call("getChat", chat_id=chat)
    assert (told["id"], told["type"], told["max_reaction_count"]) == (chat, "private", 1)
    assert await bot.call("getChatMemberCount", chat_id=chat) == 2
    assert (await bot.call("getChatMember", chat_id=chat, user_id=chat))["status"] == "member"
    assert (await bot.call("getChatMember", chat_id=chat, user_id=77))["user"]["is_bot"]
    assert await bot.call("sendChatAction", chat_id=chat, action="typing")
    for method, fields, reason in (
        ("getChatMember", {"user_id": 6}, "member not found"),
        ("getChatMember", {}, "invalid user_id specified"),
        ("getChatAdministrators", {}, "there are no administrators in the private chat"),
        ("leaveChat", {}, "chat member status can't be changed in private chats"),
        ("sendChatAction", {"action": "sleep"}, "wrong parameter action in request"),
    ):
        assert await bot.refused(method, chat_id=chat, **fields) == f"Bad Request: {reason}"


async def test_a_press_is_answered(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    await bot.call("sendMessage", chat_id=chat, text="Lanjut?", reply_markup=YES)
    await visitor.hears("Lanjut?")
    await visitor.writes("ya")
    query = (await bot.next_update("callback_query"))["callback_query"]
    assert (query["data"], query["message"]["text"], query["from"]["id"]) == ("yes", "Lanjut?", chat)
    assert await bot.call("answerCallbackQuery", callback_query_id=query["id"])
    assert await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Tersimpan", show_alert=True)
    await visitor.hears("Tersimpan")
    for fields, reason in (
        ({"callback_query_id": "5"}, "query is too old and response timeout expired or query ID is invalid"),
        ({"callback_query_id": "5_5"}, "query is too old and response timeout expired or query ID is invalid"),
        ({"callback_query_id": query["id"], "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    ):
        assert await bot.refused("answerCallbackQuery", **fields) == f"Bad Request: {reason}"


async def test_a_group(bot: ServedBot) -> None:
    ani, budi = await bot.at_work.town.citizen("ani"), await bot.at_work.town.citizen("budi")
    room_id = await ani.create_room(budi)
    await ani.person.invite(room_id, bot.at_work.person.user_id)
    added = (await bot.next_update("my_chat_member"))["my_chat_member"]
    chat = added["chat"]["id"]
    assert (chat < 0, added["chat"]["type"], added["new_chat_member"]["status"]) == (True, "group", "member")
    await ani.sees_member(room_id, bot.at_work.person.user_id)
    assert await bot.call("leaveChat", chat_id=chat)
    await ani.sees_member(room_id, bot.at_work.person.user_id, membership="leave")
    assert await bot.refused("getChat", chat_id=chat) == "Forbidden: bot was kicked from the group chat"
