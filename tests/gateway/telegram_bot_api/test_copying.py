"""What a bot says again."""

from tests.gateway.service.sharer import NUMBER, shares
from tests.gateway.telegram_bot_api.served import TOKEN, ServedBot, send


async def test_messages_are_copied_and_forwarded(bot: ServedBot) -> None:
    visitor, other = await bot.at_work.visitor(), await bot.at_work.visitor("other")
    target = await bot.chat_with(other)
    await send(
        visitor,
        {"msgtype": "m.text", "body": "a", "format": "org.matrix.custom.html", "formatted_body": "<b>a</b>"},
    )
    heard = (await bot.next_update("message"))["message"]
    between = {"chat_id": target, "from_chat_id": heard["chat"]["id"]}
    copied = await bot.call("copyMessage", **between, message_id=heard["message_id"])
    assert set(copied) == {"message_id"}
    shown = await other.citizen.echo.hears("a")
    assert shown.content["formatted_body"] == "<b>a</b>"
    forwarded = await bot.call("forwardMessage", **between, message_id=heard["message_id"])
    assert forwarded["forward_origin"]["sender_user"] == heard["from"]
    assert forwarded["entities"][0]["type"] == "bold"
    several = await bot.call("copyMessages", **between, message_ids=[heard["message_id"], 10**9])
    assert len(several) == 1
    assert len(await bot.call("forwardMessages", **between, message_ids=[heard["message_id"]])) == 1
    for method, done in (("copyMessage", "copy"), ("forwardMessage", "forward")):
        refused = await bot.refused(method, **between, message_id=10**9)
        assert refused == f"Bad Request: message to {done} not found"
    refused = await bot.refused("copyMessages", **between, message_ids=[])
    assert refused == "Bad Request: message identifiers are not specified"


async def test_a_copy_of_a_file_may_have_another_caption(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    data, files = {"chat_id": str(chat), "caption": "satu"}, {"document": ("a.txt", b"isi")}
    url = f"{bot.url}/bot{TOKEN}/sendDocument"
    said = (await bot.http.post(url, data=data, files=files)).json()["result"]
    at = {"chat_id": chat, "from_chat_id": chat, "message_id": said["message_id"]}
    await bot.call("copyMessage", **at)
    await bot.call("copyMessage", **at, caption="dua")
    file = await visitor.gets("a.txt", count=3)
    assert (file.content["body"], file.opened()) == ("dua", b"isi")


async def test_a_number_that_was_shared_is_passed_on_in_words(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    await shares(visitor, bot.at_work)
    message = (await bot.next_update("message"))["message"]
    chat = message["chat"]["id"]
    await bot.call("copyMessage", chat_id=chat, from_chat_id=chat, message_id=message["message_id"])
    await visitor.hears(NUMBER)
