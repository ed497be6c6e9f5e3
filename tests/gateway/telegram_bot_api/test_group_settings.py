"""What a group is called, what is pinned there, and the link by which people ask to join."""

from datetime import UTC, datetime

import pytest
import telegram

from tests.gateway.telegram_bot_api.group import group_with
from tests.gateway.telegram_bot_api.served import TOKEN, ServedBot
from tests.gateway.telegram_bot_api.test_clients import aiogram_bot


async def test_messages_are_pinned_and_let_go(bot: ServedBot) -> None:
    group = await group_with(bot)
    first, second = [
        (await bot.call("sendMessage", chat_id=group.chat, text=text))["message_id"] for text in ("satu", "dua")
    ]
    await group.ani.say(group.room_id, "/halo")  # somebody who may be written to
    await group.ani.echo.hears("dua")
    refused = await bot.refused("pinChatMessage", chat_id=group.chat, message_id=first)
    assert refused == "Bad Request: not enough rights to manage pinned messages in the chat"
    await group.empowers(bot, 50)
    for number in (first, second):
        assert await bot.call("pinChatMessage", chat_id=group.chat, message_id=number)
    assert len((await group.state("m.room.pinned_events"))["pinned"]) == 2
    told = await bot.call("getChat", chat_id=group.chat)
    assert (told["pinned_message"]["message_id"], told["pinned_message"]["text"]) == (second, "dua")
    assert await bot.call("unpinChatMessage", chat_id=group.chat)
    assert (await bot.call("getChat", chat_id=group.chat))["pinned_message"]["message_id"] == first
    assert await bot.call("unpinChatMessage", chat_id=group.chat, message_id=first)
    assert (await group.state("m.room.pinned_events"))["pinned"] == []
    assert await bot.call("unpinAllChatMessages", chat_id=group.chat)
    refused = await bot.refused("pinChatMessage", chat_id=group.chat, message_id=1_000_000)
    assert refused == "Bad Request: message to pin not found"


async def test_a_group_is_renamed_where_its_name_is_no_secret(bot: ServedBot) -> None:
    group = await group_with(bot)
    naming = {"chat_id": group.chat, "title": "Rapat"}
    assert await bot.refused("setChatTitle", **naming) == "Bad Request: not enough rights to change chat title"
    await group.empowers(bot, 50)
    assert await bot.call("setChatTitle", **naming)
    assert await bot.call("setChatDescription", chat_id=group.chat, description="Setiap Senin")
    told = await bot.call("getChat", chat_id=group.chat)
    assert (told["title"], told["description"]) == ("Rapat", "Setiap Senin")
    assert await bot.refused("setChatTitle", chat_id=group.chat) == "Bad Request: title must be non-empty"
    encryption = await group.state("m.room.encryption") | {"io.element.msc4362.encrypt_state_events": True}
    locked = await group.ani.person.put(f"/rooms/{group.room_id}/state/m.room.encryption/", encryption)
    assert locked.status == 200, locked.json
    assert await bot.refused("setChatTitle", **naming) == "Bad Request: not enough rights to change chat title"
    assert await group.state("m.room.name") == {"name": "Rapat"}


async def test_people_ask_to_join_by_a_link_that_has_it_so(bot: ServedBot) -> None:
    group = await group_with(bot)
    refused = await bot.refused("createChatInviteLink", chat_id=group.chat)
    assert refused == "Bad Request: not enough rights to manage chat invite link"
    await group.empowers(bot, 100)
    client = aiogram_bot(bot)
    link = await client.create_chat_invite_link(group.chat, name="poster", creates_join_request=True)
    assert (link.name, link.creates_join_request, link.is_revoked, link.creator.id) == ("poster", True, False, 77)
    assert group.room_id.removeprefix("!") in link.invite_link
    citra, doni = await bot.at_work.town.citizen("citra"), await bot.at_work.town.citizen("doni")
    for each, method, membership in (
        (citra, "approveChatJoinRequest", {"invite", "join"}),
        (doni, "declineChatJoinRequest", {"leave"}),
    ):
        await group.asks(each, link.invite_link)
        asked = await bot.next_update("chat_join_request")
        await bot.call("getUpdates", offset=asked["update_id"] + 1)
        told = asked["chat_join_request"]
        assert (told["chat"]["id"], told["invite_link"]["invite_link"]) == (group.chat, link.invite_link)
        assert told["invite_link"]["name"] == "poster"
        whom = {"chat_id": group.chat, "user_id": told["from"]["id"]}
        assert await bot.call(method, **whom)
        assert await group.membership(each) in membership
        assert await bot.refused(method, **whom) in (
            "Bad Request: HIDE_REQUESTER_MISSING",
            "Bad Request: USER_ALREADY_PARTICIPANT",  # in by now
        )
    revoked = await client.revoke_chat_invite_link(group.chat, link.invite_link)
    assert revoked.is_revoked
    assert (await group.state("m.room.join_rules"))["join_rule"] == "invite"
    await client.session.close()


async def test_by_other_links_people_come_until_they_are_full(bot: ServedBot) -> None:
    group = await group_with(bot)
    await group.empowers(bot, 100)
    await bot.call("getUpdates", allowed_updates=["chat_member", "chat_join_request"])
    expires = datetime.fromtimestamp(bot.at_work.now_ms() // 1000 + 3600, UTC)
    citra, doni = await bot.at_work.town.citizen("citra"), await bot.at_work.town.citizen("doni")
    async with telegram.Bot(TOKEN, base_url=bot.told["base_url"]) as program:
        link = await program.create_chat_invite_link(group.chat, expire_date=expires, member_limit=1, name="pintu")
        assert (link.expire_date, link.member_limit, link.creates_join_request) == (expires, 1, False)
        for each, membership in ((citra, "join"), (doni, "leave")):
            await group.asks(each, link.invite_link)
            await group.waits_for(each, membership)
        update = await bot.next_update("chat_member")
        while update["chat_member"].get("invite_link") is None:
            update = await bot.next_update("chat_member", offset=update["update_id"] + 1)
        came = telegram.Update.de_json(update, program).chat_member
        assert came is not None
        assert came.invite_link == link
        assert (came.new_chat_member.status, came.via_join_request) == ("member", None)
        changed = await program.edit_chat_invite_link(group.chat, link.invite_link, member_limit=2)
        assert (changed.invite_link, changed.name, changed.expire_date) == (link.invite_link, None, None)
        await group.asks(doni, link.invite_link)
        await group.waits_for(doni, "join")
        exported = await program.export_chat_invite_link(group.chat)
        assert exported != await program.export_chat_invite_link(group.chat), "it takes the place of that before"
        with pytest.raises(telegram.error.BadRequest, match="Invite_hash_expired"):
            await program.revoke_chat_invite_link(group.chat, exported)


async def test_what_is_no_link_is_refused(bot: ServedBot) -> None:
    group = await group_with(bot)
    await group.empowers(bot, 100)
    for method, fields, reason in (
        (
            "createChatInviteLink",
            {"member_limit": 5, "creates_join_request": True},
            "member limit can't be specified for links requiring administrator approval",
        ),
        ("createChatInviteLink", {"expire_date": 1_600_000_000}, "EXPIRE_DATE_INVALID"),
        ("editChatInviteLink", {"invite_link": "https://example.org"}, "INVITE_HASH_EXPIRED"),
        ("revokeChatInviteLink", {}, "invite link must be non-empty"),
    ):
        assert await bot.refused(method, chat_id=group.chat, **fields) == f"Bad Request: {reason}"


async def test_a_private_chat_has_none_of_it(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    for method, reason in (
        ("setChatTitle", "can't change private chat title"),
        ("setChatDescription", "can't change private chat description"),
        ("exportChatInviteLink", "can't invite members to a private chat"),
    ):
        assert await bot.refused(method, chat_id=chat, title="x") == f"Bad Request: {reason}"
