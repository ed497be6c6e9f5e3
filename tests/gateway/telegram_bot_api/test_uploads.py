"""The files of calls: sent along, known, or fetched."""

import httpx
from aiohttp import web

from amanat.gateway.telegram_bot_api.uploads import MAX_PHOTO
from tests.gateway.telegram_bot_api.pictures import picture
from tests.gateway.telegram_bot_api.receiving import receiver
from tests.gateway.telegram_bot_api.served import TOKEN, ServedBot


async def test_a_file_is_sent_once_and_named_again(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    url, data = f"{bot.url}/bot{TOKEN}/sendPhoto", {"chat_id": str(chat), "caption": "<i>a</i>", "parse_mode": "HTML"}
    attached = {"photo": "attach://x"}
    answer = await bot.http.post(url, data=data | attached, files={"x": ("dir/a.png", picture(), "image/png")})
    told = answer.json()["result"]
    photo = told["photo"][0]
    assert (photo["width"], photo["height"], photo["file_size"]) == (4, 3, len(picture()))
    assert (told["caption"], told["caption_entities"][0]["type"]) == ("a", "italic")
    file = await visitor.gets("a.png")
    assert (file.opened(), file.content["formatted_body"]) == (picture(), "<em>a</em>")
    again = await bot.call("sendPhoto", chat_id=chat, photo=photo["file_id"])
    assert again["photo"][0]["file_unique_id"] == photo["file_unique_id"]
    assert (await visitor.gets("a.png", count=2)).opened() == picture()


async def test_a_file_is_fetched_from_an_address(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)

    async def serve(request: web.Request) -> web.Response:
        return web.Response(body=b"isi" if request.path == "/surat a.pdf" else b"", content_type="application/pdf")

    async with receiver(serve, path="/{name}", method="GET") as url:
        told = await bot.call("sendDocument", chat_id=chat, document=f"{url.replace('{name}', 'surat%20a.pdf')}")
        assert told["document"]["mime_type"] == "application/pdf"
        refused = await bot.refused("sendDocument", chat_id=chat, document=url.replace("{name}", "none"))
        assert refused == "Bad Request: wrong file identifier/HTTP URL specified"
    # The tests let the gateway ask this machine; it asks no other network of ours.
    refused = await bot.refused("sendDocument", chat_id=chat, document="http://10.0.0.1/a")
    assert refused == "Bad Request: failed to get HTTP URL content"


async def test_a_file_that_cannot_be_sent_is_refused(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    for given, reason in (
        ({}, "there is no photo in the request"),
        ({"photo": "attach://nowhere"}, "there is no photo in the request"),
        ({"photo": "AgACAgQAAxkBAAI"}, "wrong file identifier/HTTP URL specified"),
        ({"photo": "AmanatFile-1"}, "wrong file identifier/HTTP URL specified"),
    ):
        assert await bot.refused("sendPhoto", chat_id=chat, **given) == f"Bad Request: {reason}"
    for content, reason in (
        (b"", "Bad Request: file must be non-empty"),
        (b"no picture", "Bad Request: IMAGE_PROCESS_FAILED"),
        (b"x" * (MAX_PHOTO + 1), "Request Entity Too Large"),
    ):
        url = f"{bot.url}/bot{TOKEN}/sendPhoto"
        answer: httpx.Response = await bot.http.post(url, data={"chat_id": str(chat)}, files={"photo": ("a", content)})
        assert answer.json()["description"] == reason
