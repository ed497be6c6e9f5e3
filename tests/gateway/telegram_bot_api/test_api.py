"""The API as the gateway sees it."""

from amanat.gateway.bots.api import NotNow, Webhook
from amanat.gateway.bots.model import Came, Update, Words
from amanat.gateway.telegram_bot_api.api import SECRET_HEADER, TelegramBotApi
from amanat.outbound.http import HttpClient
from tests.gateway.telegram_bot_api.served import ServedBot
from tests.gateway.telegram_bot_api.things import ME, said


async def test_an_update_is_posted_byte_for_byte() -> None:
    outside = HttpClient()
    api = TelegramBotApi(fetches=outside)
    drafted = api.draft(Came(said=said(Words(text="halo"))), me=ME, position=4)
    assert drafted is not None
    update = Update(position=4, chat=5, kind=drafted.kind, body=drafted.body, ts=1)
    bare = api.post(Webhook(url="https://e.id/x"), update, me=ME)
    assert (bare.url, bare.headers, bare.body) == ("https://e.id/x", {"Content-Type": "application/json"}, drafted.body)
    secret = api.post(Webhook(url="https://e.id/x", secret="s"), update, me=ME)
    assert secret.headers[SECRET_HEADER] == "s"
    assert api.keeps_ms == 24 * 3_600_000
    await outside.close()


async def test_a_webhooks_answer_is_done_and_never_fails(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    line, api = bot.at_work.line, bot.at_work.api
    for body, kind in (
        (b"", ""),
        (b"ok", "text/plain"),
        (b"{", "application/json"),
        (b'{"method": "getUpdates", "timeout": 50}', "application/json"),
        (b'{"method": "sendMessage", "chat_id": 1, "text": "x"}', "application/json"),
        (b'{"method": "sendMessage", "chat_id": %d, "text": "dari jawaban"}' % chat, "application/json; charset=utf-8"),
        (b"method=sendMessage&chat_id=%d&text=dari+formulir" % chat, "application/x-www-form-urlencoded"),
    ):
        await api.answered(line, body, content_type=kind)
    await visitor.hears("dari jawaban")
    await visitor.hears("dari formulir")


async def test_what_cannot_be_had_now_may_be_asked_for_again(bot: ServedBot, monkeypatch) -> None:
    async def away(*_: object, **__: object) -> None:
        raise NotNow

    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    monkeypatch.setattr(bot.at_work.bot.line, "show_typing", away)
    answer = await bot.ask("sendChatAction", chat_id=str(chat), action="typing")
    assert (answer.status_code, answer.json()["parameters"]) == (429, {"retry_after": 5})
