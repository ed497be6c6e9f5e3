"""What Typebot asks for and reads, in the shapes that its source has them in; the program itself does not run here.

It knows people by `from` and `recipient_id` alone, so that its bots are made with `--stand-in-numbers`.
"""

import hmac
import json
import re
from hashlib import sha256
from typing import Any

import pytest

from amanat.gateway.cloud_api.access import proof
from amanat.gateway.cloud_api.settings import Settings
from tests.gateway.cloud_api.hook import VERIFY_TOKEN, Hook
from tests.gateway.cloud_api.stand import TOKEN, Stand
from tests.gateway.service.at_work import Visitor
from tests.outbound.answering import answering

PNG = b"\x89PNG\r\n\x1a\n not quite"
SEND, UPLOAD = "v17.0", "v21.0"


@pytest.fixture
def typebot(cloud: Stand) -> Stand:
    cloud.settings = Settings(stand_in_numbers=True)
    return cloud


async def stand_in(typebot: Stand) -> tuple[Visitor, str]:
    """Bring somebody who has written to the bot, and return the number that it knows them by."""
    visitor, who = await typebot.guest()
    return visitor, f"999{who.removeprefix('ID.')}"


async def send(typebot: Stand, to: str, **message: Any) -> None:
    body = {"messaging_product": "whatsapp", "to": to, **message}
    answer = await typebot.ask("POST", f"/{SEND}/{typebot.phone}/messages", json=body)
    assert answer.is_success, answer.text


async def test_it_sets_itself_up_with_a_proof_of_the_secret(typebot: Stand) -> None:
    proved = f"appsecret_proof={proof(TOKEN, secret=typebot.line.secret)}"
    digest = hmac.new(typebot.held["app_secret"].encode(), TOKEN.encode(), sha256).hexdigest()
    assert proved == f"appsecret_proof={digest}", "over the token, by the app's secret"
    told = (await typebot.ask("GET", f"/{SEND}/debug_token?input_token={TOKEN}&{proved}")).json()["data"]
    assert {"application", "expires_at", "scopes"} <= told.keys()
    asked = f"fields=id%2Cdisplay_phone_number&limit=100&{proved}"
    phones = (await typebot.ask("GET", f"/{SEND}/{typebot.business}/phone_numbers?{asked}")).json()
    number = typebot.held["display_phone_number"]
    assert phones["data"] == [{"id": typebot.phone, "display_phone_number": number}]
    assert "next" not in phones.get("paging", {})
    path = f"/{SEND}/{typebot.business}/subscribed_apps?{proved}"
    assert (await typebot.ask("POST", path)).is_success
    apps = (await typebot.ask("GET", path)).json()["data"]
    assert [each["whatsapp_business_api_data"]["id"] for each in apps] == [told["app_id"]]
    phone = (await typebot.ask("GET", f"/{SEND}/{typebot.phone}")).json()
    assert phone["display_phone_number"] == number
    refused = await typebot.ask("GET", f"/{SEND}/debug_token?input_token={TOKEN}&appsecret_proof={'0' * 64}")
    assert not refused.is_success


async def test_what_it_sends(typebot: Stand) -> None:
    visitor, who = await stand_in(typebot)
    await send(typebot, who, type="text", text={"body": "Halo, *Budi*", "preview_url": True})
    await visitor.hears("Halo, *Budi*")
    # Several groups of buttons, the words of all but the first a bar; equal titles are made unlike, and cut to 20.
    for body, titles in ("Pilih " + "x" * 1018, ["Ya", "Tidak", "Jawaban yang panja.."]), ("―", ["Jawaban yang (1).."]):
        buttons = [{"type": "reply", "reply": {"id": title, "title": title}} for title in titles]
        interactive = {"type": "button", "body": {"text": body}, "action": {"buttons": buttons}}
        await send(typebot, who, type="interactive", interactive=interactive)
        assert titles[-1] in await visitor.hears(body[:6] if len(body) > 1 else "―\n")
    form = {"type": "image/png", "messaging_product": "whatsapp"}
    path = f"/{UPLOAD}/{typebot.phone}/media"
    media = (await typebot.ask("POST", path, files={"file": ("blob", PNG, "image/png")}, data=form)).json()["id"]
    select = {"buttons": [{"type": "reply", "reply": {"id": "k1", "title": "Select"}}]}
    card = {"type": "button", "header": {"type": "image", "image": {"id": media}}, "body": {"text": "*Kartu*"}}
    await send(typebot, who, type="interactive", interactive=card | {"action": select})
    assert (await visitor.gets("blob")).opened() == PNG
    async with answering() as web:
        web.body = PNG
        for kind, mimetype in ("image", "image/png"), ("audio", "audio/mpeg"), ("video", "video/mp4"):
            web.headers = f"content-type: {mimetype}\r\n"
            await send(typebot, who, type=kind, **{kind: {"link": f"{web.url}/{kind}.bin"}})
            assert (await visitor.gets(f"{kind}.bin")).opened() == PNG
    place = {"latitude": -6.2, "longitude": 106.8, "name": "Kantor", "address": "Depok"}
    await send(typebot, who, type="location", location=place)
    await visitor.hears("Kantor")
    made = {
        "name": "salam",
        "language": "id",
        "category": "UTILITY",
        "components": [{"type": "BODY", "text": "Salam."}],
    }
    await typebot.ask("POST", f"/{SEND}/{typebot.business}/message_templates", json=made)
    await send(typebot, who, type="template", template={"name": "salam", "language": {"code": "id"}})
    await visitor.hears("Salam.")


async def test_what_it_reads_of_a_webhook(typebot: Stand, bot_hook: Hook) -> None:
    override = {"override_callback_uri": bot_hook.url, "verify_token": VERIFY_TOKEN}
    await typebot.ask("POST", f"/{SEND}/{typebot.business}/subscribed_apps", json=override)
    visitor = await typebot.visitor()
    await visitor.writes("halo")
    told = await bot_hook.gets("messages")
    (message,) = told["messages"]
    assert message["from"].isdigit()
    assert message["timestamp"].isdigit()
    assert told["contacts"][0]["profile"]["name"]
    typing = {"status": "read", "message_id": message["id"], "typing_indicator": {"type": "text"}}
    path = f"/{UPLOAD}/{typebot.phone}/messages"
    assert (await typebot.ask("POST", path, json={"messaging_product": "whatsapp", **typing})).is_success
    buttons = {"buttons": [{"type": "reply", "reply": {"id": "y", "title": "Ya"}}]}
    await send(
        typebot,
        message["from"],
        type="interactive",
        interactive={"type": "button", "body": {"text": "―"}, "action": buttons},
    )
    assert isinstance((await bot_hook.gets("statuses"))["statuses"][0]["recipient_id"], str)
    await visitor.hears("―")
    await visitor.writes("Ya")
    (pressed,) = (await bot_hook.gets("messages"))["messages"]
    assert pressed["interactive"] == {"type": "button_reply", "button_reply": {"id": "y", "title": "Ya"}}
    for body, header in zip(bot_hook.bodies, bot_hook.signatures, strict=True):
        digest = header.removeprefix("sha256=")
        assert re.fullmatch(r"[\da-f]{64}", digest), "64 digits, it says"
        assert digest == hmac.new(typebot.held["app_secret"].encode(), body, sha256).hexdigest()
        assert len(json.loads(body)["entry"][0]["changes"]) == 1
