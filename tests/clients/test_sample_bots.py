"""The sample bots, run as their first lines say, on each API, and somebody at another Matrix client.

Two are told of updates by their libraries' own web servers, which check that it is the gateway that tells them.
"""

from pathlib import Path

import httpx
import pytest

from amanat.gateway.service.bot_file import ApiName
from tests.clients.bots import bot_of, program
from tests.clients.conftest import People
from tests.clients.nio_person import NioPerson
from tests.processes import AmanatProcess, free_port


async def begin_with(citizen: NioPerson, bot: str) -> str:
    """Begin a chat with a bot."""
    room_id = await citizen.create_room(invite=[bot])
    await citizen.knows_members(room_id, [citizen.user_id, bot])
    return room_id


async def test_a_menu_bot_of_the_telegram_bot_api(lab: AmanatProcess, people: People, tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{free_port()}/hook"
    async with bot_of(lab, tmp_path, name="menu-telegram", api="telegram") as bot:
        with program("telegram_menu_bot.py", tmp_path / "bot.json", address, folder=tmp_path):
            citizen = await people.nio("citizen")
            room_id = await begin_with(citizen, bot.user_id)
            await citizen.say(room_id, "/start")
            hello = "Selamat datang di Kantor Paspor.\nApa yang ingin Anda ketahui?"
            await citizen.hears(room_id, f"{hello}\n\n1. Syarat\n2. Biaya\n3. Jam buka\n4. English")
            await citizen.say(room_id, "2")
            await citizen.hears(room_id, "* Paspor biasa 48 halaman: Rp350.000.\n\n1. Kembali")
            await citizen.say(room_id, "Kembali")
            await citizen.hears(room_id, f"* {hello}\n\n1. Syarat\n2. Biaya\n3. Jam buka\n4. English")
            await citizen.say(room_id, "english")
            welcome = "Welcome to the Passport Office.\nWhat would you like to know?"
            menu = "1. Requirements\n2. Fees\n3. Opening hours\n4. Bahasa Indonesia"
            await citizen.hears(room_id, f"* {welcome}\n\n{menu}")
            secret = "X-Telegram-Bot-Api-Secret-Token"
            async with httpx.AsyncClient(trust_env=False) as stranger:
                for headers in {}, {secret: "tebakan"}:
                    forged = await stranger.post(address, json={"update_id": 9_999}, headers=headers)
                    assert forged.status_code == 403


async def test_a_menu_bot_of_the_cloud_api(lab: AmanatProcess, people: People, tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{free_port()}"
    async with bot_of(lab, tmp_path, name="menu-cloud", api="cloud") as bot:
        with program("cloud_menu_bot.py", tmp_path / "bot.json", address, folder=tmp_path):
            citizen = await people.nio("citizen")
            room_id = await begin_with(citizen, bot.user_id)
            await citizen.say(room_id, "halo")
            hello = "*Selamat datang di Kantor Paspor.*\nApa yang ingin Anda ketahui?"
            await citizen.hears(room_id, f"{hello}\n\n1. Syarat\n2. Biaya\n3. Jam buka\n4. English")
            await citizen.say(room_id, "4")
            welcome = "*Welcome to the Passport Office.*\nWhat would you like to know?"
            menu = "1. Requirements\n2. Fees\n3. Opening hours\n4. Bahasa Indonesia"
            await citizen.hears(room_id, f"{welcome}\n\n{menu}")
            await citizen.say(room_id, "fees")
            await citizen.hears(room_id, "Ordinary passport, 48 pages: Rp350,000.\n\n1. Back")
            async with httpx.AsyncClient(trust_env=False) as stranger:
                signature = {"X-Hub-Signature-256": f"sha256={64 * '0'}"}
                statuses = [
                    (await stranger.post(address, json={"object": "x"}, headers=headers)).status_code
                    for headers in ({}, signature)
                ]
                assert statuses == [401, 403]


@pytest.mark.parametrize("api", ["telegram", "cloud"])
async def test_a_conversation_bot(lab: AmanatProcess, people: People, tmp_path: Path, api: ApiName) -> None:
    file = tmp_path / "appointments.csv"
    more = [f"http://127.0.0.1:{free_port()}"] if api == "cloud" else []
    async with bot_of(lab, tmp_path, name=f"talk-{api}", api=api) as bot:
        with program(f"{api}_conversation_bot.py", tmp_path / "bot.json", file, *more, folder=tmp_path):
            citizen = await people.nio("citizen")
            room_id = await begin_with(citizen, bot.user_id)
            mark = "*" if api == "cloud" else ""
            await citizen.say(room_id, "halo")
            hello = f"{mark}Selamat datang di Kantor Paspor.{mark}"
            await citizen.hears(room_id, f"{hello}\nAtas nama siapa janji temunya? (EN for English)")
            await citizen.say(room_id, "en")
            asks = "In whose name is the appointment? (ID untuk bahasa Indonesia)"
            await citizen.hears(room_id, f"{mark}Welcome to the Passport Office.{mark}\n{asks}")
            await citizen.say(room_id, "Budi & Siti")
            await citizen.hears(room_id, "Thank you, Budi & Siti. At which office?\n\n1. Depok\n2. Bogor\n3. Bekasi")
            await citizen.say(room_id, "2")
            await citizen.hears(room_id, "An appointment for Budi & Siti in Bogor. Is that right?\n\n1. Yes\n2. No")
            await citizen.say(room_id, "no")
            await citizen.hears(room_id, f"{mark}All right, once more.{mark}\n{asks}")
            await citizen.say(room_id, "Ani")
            await citizen.hears(room_id, "Thank you, Ani. At which office?\n\n1. Depok\n2. Bogor\n3. Bekasi")
            await citizen.say(room_id, "Depok")
            await citizen.hears(room_id, "An appointment for Ani in Depok. Is that right?\n\n1. Yes\n2. No")
            await citizen.say(room_id, "yes")
            await citizen.hears(room_id, "It is written down. See you in Depok, Ani!")
    assert file.read_text() == "Ani,Depok\n"
