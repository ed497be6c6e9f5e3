"""The API over HTTP: how calls arrive, and how they are answered. Clients' own ways are in test_clients."""

import json

import httpx

from amanat.gateway.spooling import Room
from amanat.gateway.telegram_bot_api.api import TelegramBotApi
from amanat.gateway.telegram_bot_api.reading import MAX_FORM
from tests.gateway.telegram_bot_api.served import TOKEN, ServedBot, answering


async def test_a_call_comes_in_any_of_four_forms_and_any_case(bot: ServedBot) -> None:
    me = {"id": 77, "is_bot": True, "first_name": "Bot"}
    url, http = f"{bot.url}/bot{TOKEN}", bot.http
    for answer in (
        await http.get(f"{url}/getMe"),
        await http.post(f"{url}/GETME"),
        await http.post(f"{url}/getme", json={"anything": [1, {"at": "all"}]}),
        await http.post(f"{url}/getMe", files={"a": ("b.png", b"c")}),
        await http.get(f"{bot.url}/bot{TOKEN.replace(':', '%3A')}/getMe?x=%20"),
    ):
        body = answer.json()
        assert (answer.status_code, body["ok"]) == (200, True)
        assert body["result"].items() >= me.items()


async def test_what_is_not_there_is_refused_as_clients_expect(bot: ServedBot) -> None:
    for path, status, description in (
        (f"/bot{TOKEN}/sendStory", 400, "Bad Request: method not available on this server"),
        (f"/bot{TOKEN}/answerInlineQuery", 400, "Bad Request: method not available on this server"),
        (f"/bot{TOKEN}/send-message", 404, "Not Found: method not found"),
        (f"/bot77:{'y' * 35}/getMe", 401, "Unauthorized"),
        ("/bot77:short/getMe", 404, "Not Found"),
        ("/bot/getMe", 404, "Not Found"),
        (f"/bot{TOKEN}", 404, "Not Found"),
        (f"/file/bot{TOKEN}/photos/file_9.jpg", 404, "Not Found"),
        (f"/file/bot{TOKEN}/photos/..%2F..%2Fetc", 404, "Not Found"),
        (f"/file/bot77:{'y' * 35}/photos/file_9.jpg", 401, "Unauthorized"),
    ):
        answer = await bot.http.get(f"{bot.url}{path}")
        assert answer.status_code == status, path
        assert answer.json() == {"ok": False, "error_code": status, "description": description}


async def test_what_cannot_be_read_is_refused_in_the_apis_form(bot: ServedBot) -> None:
    url = f"{bot.url}/bot{TOKEN}/getMe"
    as_json = {"Content-Type": "application/json"}
    parts = {"Content-Type": "multipart/form-data; boundary=b"}
    for body, headers in (
        (b"{", as_json),
        (b"[1]", as_json),
        (b'{"a":' * 100_000, as_json),
        (b"a=%FF", {"Content-Type": "application/x-www-form-urlencoded"}),
        (b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx", parts),
        (b"nothing of the kind", parts),
        (b"", {"Content-Type": "multipart/form-data"}),
    ):
        answer = await bot.http.post(url, content=body, headers=headers)
        assert (answer.status_code, answer.json()["ok"]) == (400, False), body[:20]
        assert answer.json()["description"].startswith("Bad Request: ")
    answer = await bot.http.post(url, content=b"a=" + b"x" * MAX_FORM, headers={"Content-Type": "text/plain"})
    assert answer.json()["description"] == "Request Entity Too Large"
    assert (await bot.http.put(url)).status_code == 404


async def test_parameters_of_a_form_hold_json(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    keyboard = json.dumps({"inline_keyboard": [[{"text": "Ya", "callback_data": "yes"}]]})
    answer = await bot.ask(
        "sendMessage", chat_id=str(chat), text="Lanjut?", reply_markup=keyboard, protect_content="True"
    )
    assert answer.json()["result"]["reply_markup"] == json.loads(keyboard)
    await visitor.hears("Lanjut?\n\n1. Ya")


async def test_a_file_that_was_sent_is_fetched_with_its_token(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    files = {"document": ("surat.txt", b"isi", "text/plain")}
    url = f"{bot.url}/bot{TOKEN}/sendDocument"
    sent = (await bot.http.post(url, data={"chat_id": str(chat)}, files=files)).json()["result"]
    path = (await bot.call("getFile", file_id=sent["document"]["file_id"]))["file_path"]
    got = await bot.http.get(f"{bot.url}/file/bot{TOKEN}/{path}")
    assert (got.status_code, got.content, got.headers["content-disposition"]) == (200, b"isi", "attachment")


async def test_a_token_that_was_revoked_lets_nobody_in(bot: ServedBot) -> None:
    bot.at_work.bot.tokens.revoke("test", now_ms=2)
    answer: httpx.Response = await bot.ask("getMe")
    assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")


async def test_files_beyond_what_there_is_room_for_are_asked_to_come_later(bot: ServedBot) -> None:
    api = bot.at_work.api
    assert isinstance(api, TelegramBotApi)
    visitor = await bot.at_work.visitor()
    chat_id = await bot.chat_with(visitor)
    large = bytes(each % 253 for each in range(1_800_000))
    async with answering(api, bot.at_work.bot, room=Room(2_000_000)) as url:
        for content, status in ((large * 2, 429), (large, 200), (large, 200)):
            answer = await bot.http.post(
                f"{url}/bot{TOKEN}/sendDocument", data={"chat_id": chat_id}, files={"document": ("a.bin", content)}
            )
            assert answer.status_code == status
        refused = await bot.http.post(f"{url}/bot{TOKEN}/sendDocument", files={"document": ("a.bin", large * 2)})
        assert refused.json()["parameters"] == {"retry_after": 5}
        long = {"chat_id": "1" * (MAX_FORM + 1)}
        refused = await bot.http.post(f"{url}/bot{TOKEN}/getMe", files={"a": ("b", b"c")}, data=long)
        assert refused.status_code == 413
    assert (await visitor.gets("a.bin")).opened() == large
