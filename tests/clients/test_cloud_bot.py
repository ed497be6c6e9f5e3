"""The sample bot on pywa, a server in a process of its own, and somebody at another Matrix client."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from amanat.compat import pywa_session
from amanat.gateway.cloud_api.access import access
from amanat.gateway.cloud_api.api import CloudApi
from amanat.gateway.device import credentials
from amanat.gateway.service import bot_file
from amanat.gateway.service.bot import Bot
from amanat.gateway.service.bot_file import BotFile
from amanat.gateway.service.service import CREDENTIALS
from amanat.gateway.store.data_folder import ServiceFolder
from amanat.gateway.store.stamp import ServiceStamp
from amanat.outbound.http import HttpClient
from amanat.outbound.origin import Origin
from examples.cloud_conversation_bot import Appointments, build
from tests.clients.conftest import People
from tests.gateway.cloud_api.hook import VERIFY_TOKEN, hook
from tests.gateway.cloud_api.stand import HERE, TOKEN, served
from tests.gateway.device.office import register
from tests.processes import AmanatProcess


@asynccontextmanager
async def working(lab: AmanatProcess, folder: Path) -> AsyncIterator[tuple[Bot, HttpClient]]:
    """Make a bot with an account on the lab, and let it work."""
    held = await register(lab.url, f"cloud-{folder.parent.name.replace('_', '-')[-20:].lower()}")
    kept = ServiceFolder(folder)
    kept.prepare(ServiceStamp(server_name=held.server_name, user_id=held.user_id, created_ts=1))
    kept.make_key()
    credentials.write(held, folder / CREDENTIALS)
    bot_file.write(folder, BotFile(api="cloud", number=78, name="Kantor Paspor", secret="s" * 35))
    http, origin = HttpClient(private_networks=HERE), Origin(lab.url)
    bot = await Bot.open(folder, asks=origin, apis=lambda _: CloudApi(), posts=http)
    bot.tokens.add(TOKEN, label="test", now_ms=1)
    running = asyncio.create_task(bot.run())
    try:
        yield bot, http
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await bot.close()
        await http.close()
        origin.close()


async def test_a_citizen_makes_an_appointment_with_the_sample_bot(
    lab: AmanatProcess, people: People, tmp_path: Path
) -> None:
    appointments = Appointments()
    async with working(lab, tmp_path / "bot") as (bot, http), served(bot, http) as url, hook() as program:
        held = access(bot.line.me, TOKEN, base_url=url, secret=bot.line.secret)
        with pywa_session(url, verify=False) as session:
            wa = build(held, appointments, session)
            program.hands_on = wa.webhook_update_handler
            await asyncio.to_thread(
                wa.api.set_waba_alternate_callback_url, held["business_account_id"], program.url, VERIFY_TOKEN
            )
            citizen = await people.nio("citizen")
            room_id = await citizen.create_room(invite=[bot.user_id])
            await citizen.knows_members(room_id, [citizen.user_id, bot.user_id])
            await citizen.say(room_id, "halo")
            asks = "Atas nama siapa janji temunya? (_EN for English_)"
            await citizen.hears(room_id, f"*Selamat datang di Kantor Paspor.*\n{asks}")
            await citizen.say(room_id, "en")
            asks = "In whose name is the appointment? (_ID untuk bahasa Indonesia_)"
            await citizen.hears(room_id, f"*Welcome to the Passport Office.*\n{asks}")
            await citizen.say(room_id, "Budi")
            await citizen.hears(room_id, "Thank you, Budi. At which office?\n\n1. Depok\n2. Bogor\n3. Bekasi")
            await citizen.say(room_id, "2")
            await citizen.hears(room_id, "An appointment for Budi in Bogor. Is that right?\n\n1. Yes\n2. No")
            await citizen.say(room_id, "yes")
            await citizen.hears(room_id, "It is written down. See you in Bogor, Budi!")
    assert appointments.made == [("Budi", "Bogor")]
    assert program.is_signed_by(held["app_secret"])
