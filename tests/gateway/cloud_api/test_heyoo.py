"""Contract: heyoo, with its addresses set, with somebody in an encrypted room."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from heyoo import WhatsApp

from amanat.gateway.cloud_api.settings import Settings
from tests.gateway.cloud_api.hook import VERIFY_TOKEN, Hook
from tests.gateway.cloud_api.stand import TOKEN, Stand

PNG = b"\x89PNG\r\n\x1a\n not quite"


def client(cloud: Stand) -> WhatsApp:
    heyoo = WhatsApp(TOKEN, phone_number_id=cloud.phone)
    heyoo.base_url = f"{cloud.url}/v14.0"
    heyoo.v15_base_url = f"{cloud.url}/v15.0"
    heyoo.url = f"{heyoo.base_url}/{cloud.phone}/messages"
    return heyoo


# heyoo leaves the file open that it uploads.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_a_conversation(cloud: Stand, bot_hook: Hook, tmp_path: Path) -> None:
    cloud.settings = Settings(stand_in_numbers=True)
    heyoo = client(cloud)
    override = {"override_callback_uri": bot_hook.url, "verify_token": VERIFY_TOKEN}
    assert (await cloud.ask("POST", f"/v14.0/{cloud.business}/subscribed_apps", json=override)).status_code == 200
    visitor = await cloud.visitor()
    await visitor.writes("halo")
    await bot_hook.gets("messages")
    hooked: dict[str, Any] = json.loads(bot_hook.bodies[-1])
    who = heyoo.get_mobile(hooked)
    assert (heyoo.get_message(hooked), heyoo.is_message(hooked)) == ("halo", True)
    assert await asyncio.to_thread(heyoo.mark_as_read, heyoo.get_message_id(hooked)) == {"success": True}

    sent = await asyncio.to_thread(heyoo.send_message, "Selamat pagi", who)
    assert sent["contacts"] == [{"input": who, "wa_id": who}]
    await visitor.hears("Selamat pagi")
    row = {"id": "row 1", "title": "Status", "description": "Status paspor"}
    menu = {
        "header": "Paspor",
        "body": "Pilih",
        "action": {"button": "Buka", "sections": [{"title": "A", "rows": [row]}]},
    }
    await asyncio.to_thread(heyoo.send_button, menu, who)
    await visitor.hears("1. Status")
    await visitor.writes("1")
    await bot_hook.gets("messages")
    chosen = heyoo.get_interactive_response(json.loads(bot_hook.bodies[-1]))
    assert chosen["list_reply"]["id"] == "row 1"
    await asyncio.to_thread(heyoo.send_location, "-6.2", "106.8", "Kantor", "Jl. A", who)
    await visitor.hears("Kantor\nJl. A")

    (tmp_path / "foto.png").write_bytes(PNG)
    uploaded = await asyncio.to_thread(heyoo.upload_media, str(tmp_path / "foto.png"))
    await asyncio.to_thread(heyoo.send_image, uploaded["id"], who, link=False)
    assert (await visitor.gets(".png")).opened() == PNG
    url = await asyncio.to_thread(heyoo.query_media_url, uploaded["id"])
    path = await asyncio.to_thread(heyoo.download_media, url, "image/png", str(tmp_path / "kembali"))
    assert await asyncio.to_thread(Path(path).read_bytes) == PNG
    assert await asyncio.to_thread(heyoo.delete_media, uploaded["id"])
