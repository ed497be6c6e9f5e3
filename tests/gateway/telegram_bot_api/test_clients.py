"""Real clients, unmodified but for their base URL: they call, a person reads and answers in an encrypted chat."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiogram
import aiogram.utils.deep_linking
import pytest
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from telegram import ext

from tests.gateway.service.sharer import NUMBER, shares
from tests.gateway.telegram_bot_api.pictures import picture
from tests.gateway.telegram_bot_api.receiving import receiver
from tests.gateway.telegram_bot_api.served import TOKEN, ServedBot, sees, send

PTB = ext.Application[Any, Any, Any, Any, Any, Any]
MENU = [[("Status", "status"), ("Syarat", "need")]]


def ptb(bot: ServedBot, *, token: str = TOKEN) -> PTB:
    builder = ext.ApplicationBuilder().token(token).read_timeout(30)
    return builder.base_url(bot.told["base_url"]).base_file_url(bot.told["base_file_url"]).build()


@asynccontextmanager
async def polling(application: PTB) -> AsyncIterator[PTB]:
    """Run an application as its own `run_polling` does, within this loop."""
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(allowed_updates=telegram.Update.ALL_TYPES)
        try:
            yield application
        finally:
            await application.updater.stop()
            await application.stop()


def aiogram_bot(bot: ServedBot) -> aiogram.Bot:
    server = TelegramAPIServer.from_base(bot.told["api_root"])
    return aiogram.Bot(TOKEN, session=AiohttpSession(api=server))


async def test_a_token_that_reads_and_writes_is_enough_to_poll_and_answer(bot: ServedBot) -> None:
    narrow = f"77:{'n' * 35}"
    bot.at_work.bot.tokens.add(narrow, label="kasir", now_ms=1, scopes=("read", "write"))
    application = ptb(bot, token=narrow)

    async def answer(update: telegram.Update, _: Any) -> None:
        assert update.message is not None
        await update.message.reply_text("Baik")

    application.add_handler(ext.MessageHandler(ext.filters.TEXT, answer))
    async with polling(application):
        await (await bot.at_work.visitor()).says("halo", until="Baik")
        with pytest.raises(telegram.error.Forbidden, match="no scope manage"):
            await application.bot.set_my_name("Kasir")


async def test_a_menu_bot_of_python_telegram_bot_polls(bot: ServedBot) -> None:
    application = ptb(bot)

    async def start(update: telegram.Update, context: Any) -> None:
        assert update.effective_user is not None
        assert update.message is not None
        rows = [[telegram.InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in MENU]
        await update.message.reply_html(
            f"<b>Halo</b> {' '.join(context.args)} ({update.effective_user.language_code})",
            reply_markup=telegram.InlineKeyboardMarkup(rows),
        )

    async def press(update: telegram.Update, _: Any) -> None:
        query = update.callback_query
        assert query is not None
        await query.answer()
        await query.edit_message_text(f"Anda memilih *{query.data}*", parse_mode="Markdown")

    async def photo(update: telegram.Update, _: Any) -> None:
        assert update.message is not None
        file = await update.message.photo[-1].get_file()
        content = await file.download_as_bytearray()
        await update.message.reply_document(bytes(content), filename="kembali.png", caption="sama")

    application.add_handler(ext.CommandHandler("start", start))
    application.add_handler(ext.CallbackQueryHandler(press))
    application.add_handler(ext.MessageHandler(ext.filters.PHOTO, photo))
    async with polling(application):
        visitor = await bot.at_work.visitor()
        await visitor.says("/start ktp", until="Halo ktp (id)\n\n1. Status\n2. Syarat")
        shown = await visitor.citizen.echo.until(lambda: visitor.citizen.echo.received[-1], "the menu")
        assert shown.content["formatted_body"].startswith("<strong>Halo</strong> ktp (id)")
        await visitor.says("Syarat", until="* Anda memilih need")
        uploaded = await visitor.citizen.device.upload(picture())
        info = {"mimetype": "image/png", "size": len(picture()), "w": 4, "h": 3}
        await send(visitor, {"msgtype": "m.image", "body": "foto.png", "file": uploaded, "info": info})
        file = await visitor.gets("kembali.png")
        assert (file.opened(), file.content["body"]) == (picture(), "sama")


async def test_a_bot_of_aiogram_polls_and_sends_what_it_reads_in_parts(bot: ServedBot) -> None:
    dispatcher, client = aiogram.Dispatcher(), aiogram_bot(bot)

    async def start(message: aiogram.types.Message) -> None:
        button = aiogram.types.KeyboardButton(text="Kirim foto")
        markup = aiogram.types.ReplyKeyboardMarkup(keyboard=[[button]], resize_keyboard=True)
        await message.answer("Pilih:", reply_markup=markup)

    async def ask(message: aiogram.types.Message) -> None:
        album: list[aiogram.types.MediaUnion] = [
            aiogram.types.InputMediaPhoto(media=aiogram.types.BufferedInputFile(picture(), "a.png"), caption="satu"),
            aiogram.types.InputMediaDocument(media=aiogram.types.BufferedInputFile(b"dua", "b.txt")),
        ]
        sent = await message.answer_media_group(album)
        await message.reply(f"{len(sent)} dikirim")

    dispatcher.message.register(start, aiogram.filters.CommandStart())
    dispatcher.message.register(ask, aiogram.F.text == "Kirim foto")
    working = asyncio.create_task(dispatcher.start_polling(client, handle_signals=False, polling_timeout=5))
    try:
        visitor = await bot.at_work.visitor()
        await visitor.says("/start", until="Pilih:\n\n1. Kirim foto")
        await visitor.writes("1")
        assert (await visitor.gets("a.png")).opened() == picture()
        assert (await visitor.gets("b.txt")).opened() == b"dua"
        await visitor.hears("2 dikirim")
    finally:
        await dispatcher.stop_polling()
        await working


async def test_a_link_of_the_app_reaches_aiograms_filter(bot: ServedBot) -> None:
    dispatcher, client = aiogram.Dispatcher(), aiogram_bot(bot)

    async def linked(message: aiogram.types.Message, command: aiogram.filters.CommandObject) -> None:
        await message.answer(f"dari {command.args}")

    async def plain(message: aiogram.types.Message) -> None:
        await message.answer("tanpa tautan")

    dispatcher.message.register(linked, aiogram.filters.CommandStart(deep_link=True, deep_link_encoded=True))
    dispatcher.message.register(plain, aiogram.filters.CommandStart(deep_link=False))
    working = asyncio.create_task(dispatcher.start_polling(client, handle_signals=False, polling_timeout=5))
    try:
        visitor = await bot.at_work.visitor()
        payload = aiogram.utils.deep_linking.encode_payload("paspor baru")
        await visitor.says(f"/start {payload}", until="dari paspor baru")
        await visitor.says("/start", until="tanpa tautan")
    finally:
        await dispatcher.stop_polling()
        await working


async def test_a_webhook_of_aiogram_answers_with_a_call(bot: ServedBot) -> None:
    dispatcher, client = aiogram.Dispatcher(), aiogram_bot(bot)

    async def echo(message: aiogram.types.Message) -> aiogram.methods.SendMessage:
        return message.answer(f"Anda menulis: {message.text}")

    dispatcher.message.register(echo)
    # In the answer itself, as a webhook may: no call of its own.
    handler = SimpleRequestHandler(dispatcher, client, handle_in_background=False, secret_token="rahasia-1")
    async with receiver(handler.handle) as url:
        await client.set_webhook(url, secret_token="rahasia-1")
        visitor = await bot.at_work.visitor()
        await visitor.says("halo", until="Anda menulis: halo")
        info = await client.get_webhook_info()
        assert (info.url, info.pending_update_count, info.last_error_message) == (url, 0, None)
        with pytest.warns(RuntimeWarning, match="unknown update type"):
            assert (await bot.at_work.bot.trials.send()).status == 200
        await client.delete_webhook()
    await client.session.close()


async def test_a_webhook_of_python_telegram_bot_wants_its_secret(bot: ServedBot) -> None:
    application, came = ptb(bot), asyncio.Queue[telegram.Update]()

    async def handle(request: web.Request) -> web.Response:
        assert request.headers["Content-Type"] == "application/json"
        assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == "rahasia-2"
        update = telegram.Update.de_json(await request.json(), application.bot)
        assert update is not None
        came.put_nowait(update)
        return web.Response()

    async with application, receiver(handle) as url:
        assert await application.bot.set_webhook(url, secret_token="rahasia-2", allowed_updates=["message"])
        with pytest.raises(telegram.error.Conflict, match="can't use getUpdates method while webhook is active"):
            await application.bot.get_updates()
        visitor = await bot.at_work.visitor()
        await visitor.writes("halo")
        update = await asyncio.wait_for(came.get(), 20)
        assert update.message is not None
        await update.message.reply_text("Ya?", do_quote=True)
        reply = await sees(visitor, "m.room.message")
        assert "m.in_reply_to" in reply.content["m.relates_to"]
        assert (await bot.at_work.bot.trials.send()).status == 200
        assert (await asyncio.wait_for(came.get(), 20)).effective_message is None


async def test_what_is_refused_is_raised_as_the_clients_expect(bot: ServedBot) -> None:
    application, client = ptb(bot), aiogram_bot(bot)
    async with application:
        with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
            await application.bot.send_message(5, "x")
        with pytest.raises(telegram.error.BadRequest, match="Method not available on this server"):
            await application.bot.send_game(5, "x")
    stranger = telegram.Bot(f"77:{'y' * 35}", base_url=bot.told["base_url"])
    with pytest.raises(telegram.error.InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()
    with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="chat not found"):
        await client.send_message(5, "x")
    await client.session.close()


async def test_who_shares_their_number_and_place_is_told_to_python_telegram_bot(bot: ServedBot) -> None:
    application, got = ptb(bot), asyncio.Queue[telegram.Message]()

    async def start(update: telegram.Update, _: Any) -> None:
        assert update.message is not None
        row = [
            telegram.KeyboardButton("Nomor saya", request_contact=True),
            telegram.KeyboardButton("Di sini", request_location=True),
        ]
        await update.message.reply_text("Siapa Anda?", reply_markup=telegram.ReplyKeyboardMarkup([row]))

    async def note(update: telegram.Update, _: Any) -> None:
        assert update.message is not None
        got.put_nowait(update.message)

    application.add_handler(ext.CommandHandler("start", start))
    application.add_handler(ext.MessageHandler(ext.filters.CONTACT | ext.filters.LOCATION | ext.filters.TEXT, note))
    async with polling(application):
        visitor = await bot.at_work.visitor()
        shown = await visitor.says("/start", until="Siapa Anda?")
        assert "1. Nomor saya \u2013 lewat aplikasi Amanat" in shown
        menu = visitor.citizen.echo.received[-1]
        prompts = menu.content["org.matrix.msc4139.prompts"]["prompts"]
        assert [prompt["id.amanat.wants"] for prompt in prompts] == ["phone", "place"]
        await shares(visitor, bot.at_work)
        message = await got.get()
        assert message.contact is not None
        assert message.from_user is not None
        assert (message.contact.phone_number, message.contact.user_id) == (NUMBER[1:], message.from_user.id)
        used = {
            "org.matrix.msc4139.used_prompt": {"id": prompts[1]["id"]},
            "m.in_reply_to": {"event_id": menu.event_id},
        }
        await send(visitor, {"msgtype": "m.location", "body": "x", "geo_uri": "geo:-6.2,106.8", **used})
        message = await got.get()
        assert message.location is not None
        assert (message.location.latitude, message.location.longitude) == (-6.2, 106.8)
        assert message.reply_to_message is not None
        await visitor.writes("1")
        message = await got.get()
        assert (message.text, message.contact) == ("Nomor saya", None), "another app says the button's words"


async def test_a_bot_of_aiogram_filters_by_whose_contact_it_is(bot: ServedBot) -> None:
    dispatcher, client = aiogram.Dispatcher(), aiogram_bot(bot)

    async def own(message: aiogram.types.Message) -> None:
        assert message.contact is not None
        await message.answer(f"Terima kasih, {message.contact.phone_number}")

    async def is_own(message: aiogram.types.Message) -> bool:
        return (
            message.contact is not None
            and message.from_user is not None
            and (message.contact.user_id == message.from_user.id)
        )

    dispatcher.message.register(own, is_own)
    working = asyncio.create_task(dispatcher.start_polling(client, handle_signals=False, polling_timeout=5))
    try:
        visitor = await bot.at_work.visitor()
        await shares(visitor, bot.at_work)
        await visitor.hears(f"Terima kasih, {NUMBER[1:]}")
    finally:
        await dispatcher.stop_polling()
        await working


async def test_a_token_in_two_places_is_a_conflict_to_the_clients(bot: ServedBot) -> None:
    here, there = telegram.Bot(TOKEN, base_url=bot.told["base_url"]), aiogram_bot(bot)
    async with here:
        for waits, other, conflict in (
            (here.get_updates(timeout=20, read_timeout=30), there.get_updates, telegram.error.Conflict),
            (there.get_updates(timeout=20), here.get_updates, aiogram.exceptions.TelegramConflictError),
        ):
            waiting = asyncio.ensure_future(waits)
            while not waiting.done():  # it may not have come when the other does
                assert not await other(timeout=0)
            with pytest.raises(conflict, match="terminated by other getUpdates request"):
                await waiting
    await there.session.close()
