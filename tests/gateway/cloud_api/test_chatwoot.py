"""What Chatwoot asks for and reads, in the shapes that its source has them in; the program itself does not run here."""

import json
from typing import Any

import httpx

from tests.gateway.cloud_api.hook import VERIFY_TOKEN, Hook
from tests.gateway.cloud_api.stand import TOKEN, Stand
from tests.outbound.answering import answering

PNG = b"\x89PNG\r\n\x1a\n not quite"
SEND, ACCOUNT, SIGNUP = "v13.0", "v14.0", "v22.0"
"""It speaks three versions of the API at once."""


async def send(cloud: Stand, **body: Any) -> httpx.Response:
    path = f"/{SEND}/{cloud.phone}/messages"
    return await cloud.ask("POST", path, json={"messaging_product": "whatsapp", **body})


def id_of(answer: httpx.Response) -> str:
    """Return what it keeps of an answer of success."""
    assert answer.is_success
    assert "error" not in answer.json()
    return str(answer.json()["messages"][0]["id"])


async def test_it_checks_its_credentials_and_fetches_all_templates(cloud: Stand) -> None:
    path = f"/{ACCOUNT}/{cloud.business}/message_templates"
    check = await cloud.ask("GET", f"{path}?access_token={TOKEN}", token=None)
    assert (check.status_code, check.json()["data"]) == (200, [])
    assert not (await cloud.ask("GET", f"{path}?access_token=wrong", token=None)).is_success
    for number in range(30):
        body = {"type": "BODY", "text": "Halo."}
        made = {"name": f"t{number}", "language": "id", "category": "UTILITY", "components": [body]}
        await cloud.ask("POST", path, json=made)
    names, next_url = [], f"{path}?access_token={TOKEN}"
    while next_url:
        page = (await cloud.ask("GET", next_url.removeprefix(cloud.url), token=None)).json()
        names += [each["name"] for each in page["data"]]
        next_url = page["paging"].get("next", "")
    assert names == [f"t{number}" for number in range(30)]


async def test_it_signs_up(cloud: Stand, bot_hook: Hook) -> None:
    token = (
        await cloud.ask("GET", f"/{SIGNUP}/debug_token?input_token={TOKEN}&access_token={TOKEN}", token=None)
    ).json()
    assert cloud.business in token["data"]["granular_scopes"][0]["target_ids"]
    phones = (
        await cloud.ask("GET", f"/{SIGNUP}/{cloud.business}/phone_numbers?access_token={TOKEN}", token=None)
    ).json()
    (phone,) = phones["data"]
    assert phone["id"] == cloud.phone
    assert f"+{phone['display_phone_number']}"[1:].isdigit()
    override = {"override_callback_uri": bot_hook.url, "verify_token": VERIFY_TOKEN}
    hooked = await cloud.ask("POST", f"/{SIGNUP}/{cloud.business}/subscribed_apps", json=override)
    assert hooked.json() == {"success": True}


async def test_what_it_sends(cloud: Stand) -> None:
    visitor, who = await cloud.guest()
    first = id_of(await send(cloud, context=None, to=who, text={"body": "Halo"}, type="text"))
    await visitor.hears("Halo")
    id_of(await send(cloud, context={"message_id": first}, to=who, text={"body": "Lagi"}, type="text"))
    assert "m.in_reply_to" in (await visitor.citizen.echo.hears("Lagi")).content["m.relates_to"]
    id_of(await send(cloud, recipient_type="individual", recipient=who, text={"body": "BSUID"}, type="text"))
    await visitor.hears("BSUID")

    items = [{"id": f"i{index}", "title": f"Pilihan {index}"} for index in range(1, 5)]
    few = {"buttons": [{"type": "reply", "reply": item} for item in items[:3]]}
    many = {"button": "Choose an item", "sections": [{"rows": [*items[:3], items[3] | {"description": "Terakhir"}]}]}
    for kind, action, last in ("button", few, "3. Pilihan 3"), ("list", many, "4. Pilihan 4"):
        # The action is a string of JSON, and the list's section has no title.
        interactive = {"type": kind, "body": {"text": f"Pilih {kind}"}, "action": json.dumps(action)}
        id_of(await send(cloud, to=who, interactive=interactive, type="interactive"))
        assert last in await visitor.hears(f"Pilih {kind}")

    async with answering() as web:
        for kind, mimetype, more in (
            ("image", "image/png", {"caption": "Ini"}),
            ("video", "video/mp4", {"caption": None}),
            ("audio", "audio/ogg; codecs=opus", {}),
            ("document", "application/pdf", {"caption": "", "filename": "syarat.pdf"}),
        ):
            web.body, web.headers = PNG, f"content-type: {mimetype}\r\n"
            media = {"link": f"{web.url}/{kind}.bin?disposition=attachment", **more}
            id_of(await send(cloud, context=None, to=who, type=kind, **{kind: media}))
            assert (await visitor.gets("syarat.pdf" if kind == "document" else f"{kind}.bin")).opened() == PNG


async def test_its_templates_and_what_it_shows_of_a_refusal(cloud: Stand) -> None:
    visitor, who = await cloud.guest()
    body = {"type": "BODY", "text": "Janji Anda pindah ke {{1}} ya."}
    made = {"name": "pindah", "language": "id", "category": "UTILITY", "components": [body]}
    await cloud.ask("POST", f"/{ACCOUNT}/{cloud.business}/message_templates", json=made)
    parameters = [{"type": "body", "parameters": [{"type": "text", "text": "Senin"}]}]
    template = {"name": "pindah", "language": {"policy": "deterministic", "code": "id"}, "components": parameters}
    id_of(await send(cloud, recipient_type="individual", to=who, type="template", template=template))
    await visitor.hears("Janji Anda pindah ke Senin ya.")
    wanting = await send(
        cloud, recipient_type="individual", to=who, type="template", template=template | {"components": []}
    )
    assert not wanting.is_success
    assert wanting.json()["error"]["message"].startswith("(#132000)")


async def test_what_it_reads_of_a_webhook(cloud: Stand, bot_hook: Hook) -> None:
    override = {"override_callback_uri": bot_hook.url, "verify_token": VERIFY_TOKEN}
    await cloud.ask("POST", f"/{SIGNUP}/{cloud.business}/subscribed_apps", json=override)
    bot_hook.fails = 1
    visitor = await cloud.visitor()
    for word in ("satu", "dua"):
        await visitor.writes(word)
    await bot_hook.takes(2)
    for body in bot_hook.bodies:
        (entry,) = json.loads(body)["entry"]
        (change,) = entry["changes"]
        value = change["value"]
        assert (len(value["messages"]), len(value["contacts"])) == (1, 1), "it reads the first of each, and no other"
        assert value["metadata"]["phone_number_id"] == cloud.phone
        assert value["metadata"]["display_phone_number"] == cloud.held["display_phone_number"]
        assert value["contacts"][0]["user_id"] == value["messages"][0]["from_user_id"]
    again, first, second = (value["messages"][0]["id"] for value in bot_hook.told)
    assert again == first != second, "by this it knows what it has had"
    who = bot_hook.told[0]["contacts"][0]["user_id"]
    sent = id_of(await send(cloud, context={"message_id": first}, to=who, text={"body": "Ya"}, type="text"))
    await bot_hook.takes(3)
    (status,) = bot_hook.told[-1]["statuses"]
    assert (status["id"], status["status"]) == (sent, "sent")


async def test_how_it_fetches_a_file(cloud: Stand) -> None:
    left = await cloud.ask("POST", f"/{SEND}/{cloud.phone}/media", files={"file": ("a.png", PNG, "image/png")})
    path = f"/{SEND}/{left.json()['id']}"
    told = (await cloud.ask("GET", f"{path}?phone_number_id={cloud.phone}")).json()
    fetched = await cloud.ask("GET", told["url"].removeprefix(cloud.url))
    assert (fetched.content, told["mime_type"]) == (PNG, "image/png")
