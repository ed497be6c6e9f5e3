"""A flow that pywa sends, filled in by somebody at a Matrix client that knows no forms."""

import json
from pathlib import Path

from pywa.types import FlowButton
from pywa_async import WhatsApp

from amanat.compat import pywa_async_session
from tests.clients.bots import bot_of
from tests.clients.conftest import People
from tests.clients.test_sample_bots import begin_with
from tests.gateway.cloud_api.flows.samples import PASSPORT
from tests.gateway.cloud_api.hook import VERIFY_TOKEN, hook
from tests.processes import AmanatProcess


async def test_somebody_fills_in_a_form_by_writing(lab: AmanatProcess, people: People, tmp_path: Path) -> None:
    async with bot_of(lab, tmp_path, name="formulir", api="cloud") as bot, hook() as told:
        held = {name: str(value) for name, value in bot.access.items()}
        session = pywa_async_session(held["base_url"].rpartition("/v")[0])
        wa = WhatsApp(
            phone_id=held["phone_number_id"], token=bot.token, waba_id=held["business_account_id"], session=session
        )
        await wa.override_phone_callback_url(callback_url=told.url, verify_token=VERIFY_TOKEN)
        citizen = await people.nio("citizen")
        room_id = await begin_with(citizen, bot.user_id)
        await citizen.say(room_id, "halo")
        who = (await told.gets("messages"))["messages"][0]["from_user_id"]
        made = await wa.create_flow(name="paspor", categories=["OTHER"], flow_json=PASSPORT, publish=True)
        button = FlowButton(title="Isi", flow_id=made.id, flow_token="t-7")
        await wa.send_message(to=who, text="Silakan:", buttons=button)
        below = 'Diisi di aplikasi Amanat, atau balas "isi" untuk mengisinya di sini.'
        await citizen.hears(
            room_id, f'Silakan:\n\n[Isi] {below} / In the Amanat app, or reply "fill" to fill it in here.'
        )
        await citizen.say(room_id, "fill")
        how = 'I will ask one thing at a time. Write "back" for the question before, "cancel" to stop.'
        await citizen.hears(room_id, f"{how}\n\nData diri\n\nNama lengkap")
        await citizen.say(room_id, "Budi")
        service = "Layanan\n1. Paspor baru\n2. Penggantian\nAnswer with a number, or with the words of an option."
        await citizen.hears(room_id, service)
        await citizen.say(room_id, "2")
        await citizen.hears(room_id, "Nomor lama")
        await citizen.say(room_id, "A 1234567")
        day = "Tanggal\nWrite the day, such as 2026-12-31 or 31-12-2026."
        await citizen.hears(room_id, f"Kapan kamu datang, Budi?\n\n{day}")
        await citizen.say(room_id, "1 Januari")
        await citizen.hears(room_id, f"That answer cannot be used.\n\nKapan kamu datang, Budi?\n\n{day}")
        await citizen.say(room_id, "07-12-2026")
        await citizen.hears(room_id, "Saya setuju\nAnswer yes or no.")
        await citizen.say(room_id, "yes")
        lines = "1. Nama lengkap: Budi\n2. Layanan: Penggantian\n3. Nomor lama: A 1234567\n4. Tanggal: 2026-12-07"
        end = 'Write "send" to send it, the number of a line to change it, or "cancel".'
        await citizen.hears(room_id, f"Please check:\n{lines}\n5. Saya setuju: yes\n\n{end}")
        await citizen.say(room_id, "send")
        await citizen.hears(room_id, "Thank you, your answers have been sent.")
        answer = (await told.gets("messages"))["messages"][0]["interactive"]["nfm_reply"]["response_json"]
        assert json.loads(answer) == {
            "nama": "Budi", "layanan": "ganti", "lama": "A 1234567", "tanggal": "2026-12-07", "sumber": "formulir",
            "flow_token": "t-7",
        }  # fmt: skip
        await session.aclose()
