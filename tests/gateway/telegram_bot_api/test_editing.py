"""What a bot changes, takes back and reacts to."""

import json

from tests.gateway.telegram_bot_api.pictures import picture
from tests.gateway.telegram_bot_api.served import TOKEN, ServedBot, sees

YES = {"inline_keyboard": [[{"text": "Ya", "callback_data": "yes"}]]}


async def test_a_text_and_its_keyboard_are_changed(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    await visitor.writes("halo")
    heard = (await bot.next_update("message"))["message"]
    chat = heard["chat"]["id"]
    # At once: the change waits until the server has what it changes.
    said = await bot.call("sendMessage", chat_id=chat, text="Sebentar …")
    at = {"chat_id": chat, "message_id": said["message_id"]}
    changed = await bot.call("editMessageText", **at, text="<b>Lanjut?</b>", parse_mode="HTML", reply_markup=YES)
    assert (changed["text"], changed["entities"][0]["type"], changed["reply_markup"]) == ("Lanjut?", "bold", YES)
    assert changed["edit_date"] >= changed["date"]
    await visitor.hears("* Lanjut?\n\n1. Ya")
    same = {"text": "*Lanjut?*", "parse_mode": "Markdown", "reply_markup": YES}
    refused = await bot.refused("editMessageText", **at, **same)
    assert refused.startswith("Bad Request: message is not modified: specified new message content and reply markup")
    bare = await bot.call("editMessageReplyMarkup", **at)
    assert ("reply_markup" not in bare, bare["entities"][0]["type"]) == (True, "bold")
    for fields, reason in (
        ({"message_id": 10**9}, "message to edit not found"),
        ({"message_id": heard["message_id"]}, "message can't be edited"),
        ({}, "message identifier is not specified"),
        ({"inline_message_id": "x"}, "inline messages are not available on this server"),
    ):
        refused = await bot.refused("editMessageText", chat_id=chat, text="x", **fields)
        assert refused == f"Bad Request: {reason}"
    assert await bot.refused("editMessageCaption", **at) == "Bad Request: there is no caption in the message to edit"


async def test_a_file_and_its_caption_are_changed(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    url, files = f"{bot.url}/bot{TOKEN}", {"photo": ("a.png", picture())}
    said = (await bot.http.post(f"{url}/sendPhoto", data={"chat_id": str(chat)}, files=files)).json()["result"]
    at = {"chat_id": chat, "message_id": said["message_id"]}
    changed = await bot.call("editMessageCaption", **at, caption="lihat")
    assert (changed["caption"], changed["photo"]) == ("lihat", said["photo"])
    assert (
        await bot.refused("editMessageText", **at, text="x") == "Bad Request: there is no text in the message to edit"
    )
    media = json.dumps({"type": "document", "media": "attach://new", "caption": "baru"})
    data = {"chat_id": str(chat), "message_id": str(said["message_id"]), "media": media}
    answer = await bot.http.post(f"{url}/editMessageMedia", data=data, files={"new": ("b.txt", b"b")})
    assert answer.json()["result"]["document"]["file_name"] == "b.txt"


async def test_what_was_said_is_taken_back_and_reacted_to(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    await visitor.writes("halo")
    heard = (await bot.next_update("message"))["message"]
    chat, at = heard["chat"]["id"], {"chat_id": heard["chat"]["id"], "message_id": heard["message_id"]}
    assert await bot.call("setMessageReaction", **at, reaction=[{"type": "emoji", "emoji": "👍"}])
    assert (await sees(visitor, "m.reaction")).content["m.relates_to"]["key"] == "👍"
    for reaction, reason in (
        ([{"type": "custom_emoji"}], "REACTION_INVALID"),
        ([{}, {}], "REACTIONS_TOO_MANY"),
    ):
        assert await bot.refused("setMessageReaction", **at, reaction=reaction) == f"Bad Request: {reason}"
    numbers = [(await bot.call("sendMessage", chat_id=chat, text="x"))["message_id"] for _ in range(3)]
    assert await bot.call("deleteMessage", chat_id=chat, message_id=numbers[0])
    assert await bot.call("deleteMessages", chat_id=chat, message_ids=[*numbers[1:], 10**9, "x"])
    await sees(visitor, "m.room.redaction", count=3)
    refused = await bot.refused("deleteMessage", chat_id=chat, message_id=numbers[0])
    assert refused == "Bad Request: message to delete not found"
    refused = await bot.refused("deleteMessages", chat_id=chat, message_ids=[])
    assert refused == "Bad Request: message identifiers are not specified"
