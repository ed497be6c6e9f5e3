"""The sample bot on python-telegram-bot, a server in a process of its own, and somebody at another Matrix client."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import telegram

from amanat.gateway.device import credentials
from amanat.gateway.service import bot_file
from amanat.gateway.service.bot import Bot
from amanat.gateway.service.bot_file import BotFile
from amanat.gateway.service.service import CREDENTIALS
from amanat.gateway.store.data_folder import ServiceFolder
from amanat.gateway.store.stamp import ServiceStamp
from amanat.gateway.telegram_bot_api.access import access
from amanat.gateway.telegram_bot_api.api import TelegramBotApi
from amanat.outbound.http import HttpClient
from amanat.outbound.origin import Origin
from examples.telegram_menu_bot import App, build
from tests.clients.conftest import People
from tests.gateway.device.office import register
from tests.gateway.telegram_bot_api.served import TOKEN, answering
from tests.processes import AmanatProcess


@asynccontextmanager
async def working(lab: AmanatProcess, folder: Path) -> AsyncIterator[tuple[Bot, TelegramBotApi]]:
    """Make a bot with an account on the lab, and let it work."""
    held = await register(lab.url, f"bot-{folder.parent.name.replace('_', '-')[-20:].lower()}")
    kept = ServiceFolder(folder)
    kept.prepare(ServiceStamp(server_name=held.server_name, user_id=held.user_id, created_ts=1))
    kept.make_key()
    credentials.write(held, folder / CREDENTIALS)
    bot_file.write(folder, BotFile(api="telegram", number=77, name="Kantor Paspor", secret="s" * 35))
    outside, origin = HttpClient(), Origin(lab.url)
    api = TelegramBotApi(fetches=outside)
    bot = await Bot.open(folder, asks=origin, apis=lambda _: api, posts=outside)
    bot.tokens.add(TOKEN, label="test", now_ms=1)
    running = asyncio.create_task(bot.run())
    try:
        yield bot, api
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await bot.close()
        await outside.close()
        origin.close()


@asynccontextmanager
async def polling(app: App) -> AsyncIterator[None]:
    """Run the sample as its `run_polling` does, on this loop."""
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(allowed_updates=telegram.Update.ALL_TYPES)
        try:
            yield
        finally:
            await app.updater.stop()
            await app.stop()


async def test_a_citizen_chooses_from_the_sample_bots_menu(lab: AmanatProcess, people: People, tmp_path: Path) -> None:
    async with (
        working(lab, tmp_path / "bot") as (bot, api),
        answering(api, bot) as url,
        polling(build(TOKEN, access(bot.line.me, TOKEN, base_url=url))),
    ):
        citizen = await people.nio("citizen")
        room_id = await citizen.create_room(invite=[bot.user_id])
        await citizen.knows_members(room_id, [citizen.user_id, bot.user_id])
        await citizen.say(room_id, "/start")
        hello = "Selamat datang di Kantor Paspor.\nApa yang ingin Anda ketahui?"
        await citizen.hears(room_id, f"{hello}\n\n1. Syarat\n2. Biaya\n3. Jam buka\n4. English")
        await citizen.say(room_id, "2")
        await citizen.hears(room_id, "* Paspor biasa 48 halaman: Rp350.000.\n\n1. Kembali")
        await citizen.say(room_id, "Kembali")
        await citizen.hears(room_id, f"* {hello}\n\n1. Syarat\n2. Biaya\n3. Jam buka\n4. English")
        await citizen.say(room_id, "english")
        welcome = "Welcome to the Passport Office.\nWhat would you like to know?"
        await citizen.hears(room_id, f"* {welcome}\n\n1. Requirements\n2. Fees\n3. Opening hours\n4. Bahasa Indonesia")
