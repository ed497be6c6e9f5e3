"""What is said is counted, answers what it answers, and needs a chat."""

import json

from amanat.edge.rate_limit import Rate
from amanat.gateway.telegram_bot_api.settings import Settings
from tests.gateway.device.town import Town
from tests.gateway.service.at_work import Visitor
from tests.gateway.telegram_bot_api.served import ServedBot, sees, served


async def test_a_reply_names_what_it_answers(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    await visitor.writes("halo")
    message = (await bot.next_update("message"))["message"]
    chat, number = message["chat"]["id"], message["message_id"]
    for given in (
        {"reply_parameters": {"message_id": number}},
        {"reply_to_message_id": number},
        {"reply_parameters": json.dumps({"message_id": number, "allow_sending_without_reply": True})},
    ):
        said = await bot.call("sendMessage", chat_id=chat, text="ya", **given)
        assert said["reply_to_message"]["message_id"] == number
    shown = await sees(visitor, "m.room.message", count=3)
    assert "m.in_reply_to" in shown.content["m.relates_to"]
    gone = {"message_id": 10**9}
    refused = await bot.refused("sendMessage", chat_id=chat, text="ya", reply_parameters=gone)
    assert refused == "Bad Request: message to be replied not found"
    said = await bot.call(
        "sendMessage", chat_id=chat, text="ya", reply_parameters=gone | {"allow_sending_without_reply": True}
    )
    assert "reply_to_message" not in said


async def test_who_says_too_much_is_told_when_to_go_on(town: Town, tmp_path) -> None:
    settings = Settings(chat=Rate(per_second=0.01, burst=2))
    async with served(town, tmp_path / "bot", settings=settings) as bot:
        visitor = await bot.at_work.visitor()
        chat = await bot.chat_with(visitor)
        for _ in range(2):
            await bot.call("sendMessage", chat_id=chat, text="ya")
        answer = await bot.ask("sendMessage", chat_id=chat, text="ya")
        body = answer.json()
        assert (answer.status_code, body["error_code"]) == (429, 429)
        assert 0 < body["parameters"]["retry_after"] <= 100
        assert body["description"] == f"Too Many Requests: retry after {body['parameters']['retry_after']}"


async def test_who_has_left_has_blocked_the_bot(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    await visitor.citizen.person.leave(visitor.room_id)
    left = await bot.next_update("my_chat_member")
    assert left["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    refused = await bot.refused("sendMessage", chat_id=chat, text="ya")
    assert refused == "Forbidden: bot was blocked by the user"
    for stranger in (chat + 1, -5, "@nama", "5.5", ""):
        refused = await bot.refused("sendMessage", chat_id=stranger, text="ya")
        assert refused == f"Bad Request: {'chat_id is empty' if stranger == '' else 'chat not found'}"


async def test_a_number_is_asked_for_in_private(bot: ServedBot) -> None:
    first, second = await bot.at_work.town.citizen("first"), await bot.at_work.town.citizen("second")
    room_id = await first.person.create_room(invite=[bot.at_work.person.user_id, second.user_id])
    await second.person.post(f"/rooms/{room_id}/join")
    await first.sees_member(room_id, bot.at_work.person.user_id)
    await first.sees_member(room_id, second.user_id)
    await Visitor(first, room_id).writes("/start")
    chat = (await bot.next_update("message"))["message"]["chat"]["id"]
    for wanted, named in (("request_contact", "phone number"), ("request_location", "location")):
        markup = {"keyboard": [[{"text": "Ini", wanted: True}]]}
        refused = await bot.refused("sendMessage", chat_id=chat, text="?", reply_markup=markup)
        assert refused == f"Bad Request: {named} can be requested in private chats only"
