"""What Chatwoot, Typebot and others send, in the shapes that they send it in; and what is refused."""

import json
from pathlib import Path
from typing import Any

import httpx

from amanat.edge.rate_limit import Rate
from amanat.gateway.cloud_api.settings import Rates, Settings
from tests.gateway.cloud_api.stand import TOKEN, Stand, stand
from tests.gateway.device.town import Town
from tests.gateway.service.at_work import Visitor


def code(answer: httpx.Response) -> int:
    found: int = answer.json()["error"]["code"]
    return found


async def post(cloud: Stand, body: dict[str, Any], *, version: str = "v23.0", query: str = "") -> httpx.Response:
    return await cloud.ask("POST", f"/{version}/{cloud.phone}/messages{query}", json=body)


async def test_the_requests_of_chatwoot_and_typebot(cloud: Stand) -> None:
    visitor, who = await cloud.guest()
    await chatwoot_asks(cloud, visitor, who)
    await typebot_asks(cloud, visitor, who)
    await either_id_is_taken(cloud, who)


async def chatwoot_asks(cloud: Stand, visitor: Visitor, who: str) -> None:
    text = {"messaging_product": "whatsapp", "context": None, "to": who, "text": {"body": "Halo"}, "type": "text"}
    assert (await post(cloud, text, version="v13.0")).status_code == 200
    await visitor.hears("Halo")
    items = [{"id": f"i{index}", "title": f"Pilihan {index}"} for index in range(1, 5)]
    listed = {
        "messaging_product": "whatsapp",
        "to": who,
        "interactive": {
            "type": "list",
            "body": {"text": "Pilih satu"},
            "action": json.dumps({"button": "Choose an item", "sections": [{"rows": items}]}),
        },
        "type": "interactive",
    }
    assert (await post(cloud, listed, version="v13.0")).status_code == 200
    await visitor.hears("4. Pilihan 4")
    buttons = [{"type": "reply", "reply": {"id": each["id"], "title": each["title"]}} for each in items[:3]]
    few = {"type": "button", "body": {"text": "Dua"}, "action": json.dumps({"buttons": buttons})}
    assert (await post(cloud, listed | {"interactive": few}, version="v13.0")).status_code == 200
    await visitor.hears("Dua\n\n1. Pilihan 1")
    check = await cloud.ask("GET", f"/v14.0/{cloud.business}/message_templates?access_token={TOKEN}", token=None)
    assert (check.status_code, check.json()["data"]) == (200, [])
    phones = await cloud.ask("GET", f"/v14.0/{cloud.business}/phone_numbers?access_token={TOKEN}", token=None)
    assert phones.json()["data"][0]["display_phone_number"].isdigit()


async def typebot_asks(cloud: Stand, visitor: Visitor, who: str) -> None:
    groups = [("―", ["Ya", "Tidak", "Mungkin"]), ("―", ["Nanti"])]
    for index, (body, titles) in enumerate(groups):
        buttons = [{"type": "reply", "reply": {"id": title, "title": title}} for title in titles]
        sent = await post(
            cloud,
            {
                "messaging_product": "whatsapp",
                "to": who,
                "type": "interactive",
                "interactive": {"type": "button", "body": {"text": body}, "action": {"buttons": buttons}},
            },
            version=("v17.0", "v21.0")[index],
        )
        assert sent.status_code == 200
    await visitor.hears("1. Nanti")


async def either_id_is_taken(cloud: Stand, who: str) -> None:
    body = {"messaging_product": "whatsapp", "type": "text", "text": {"body": "a"}}
    for name in ("to", "recipient"):
        answer = (await post(cloud, body | {name: who}, version="v26.0")).json()
        assert answer["contacts"] == [{"input": who, "user_id": who}]
        assert answer["messages"][0]["id"].startswith("wamid.")
    cloud.settings = Settings(stand_in_numbers=True)
    stand_in = f"999{who.removeprefix('ID.')}"
    assert (await post(cloud, body | {"to": f"+{stand_in}"})).json()["contacts"] == [
        {"input": f"+{stand_in}", "wa_id": stand_in}
    ]


async def test_what_is_refused(cloud: Stand) -> None:
    visitor, who = await cloud.guest()
    text = {"body": "a"}
    refused = [
        (131026, await cloud.send("628111", "text", text)),
        (131026, await cloud.send("ID.1", "text", text)),
        (131026, await cloud.send("not a number", "text", text)),
        (131021, await cloud.send(cloud.held["display_phone_number"], "text", text)),
        (131008, await cloud.send("", "text", text)),
        (131008, await cloud.send(who, "text", None)),
        (131051, await cloud.send(who, "order", {})),
        (131051, await cloud.send(who, "text", text, recipient_type="group")),
        (100, await cloud.send(who, "text", {"body": "x" * 4097})),
        (100, await cloud.send(who, "text", text, messaging_product="sms")),
        (100, await cloud.send(who, "text", text, biz_opaque_callback_data="x" * 513)),
        (131009, await cloud.send(who, "text", text, context={"message_id": "wamid.x"})),
        (131009, await cloud.send(who, "image", {"id": "4999"})),
        (132001, await cloud.send(who, "template", {"name": "tidak_ada", "language": {"code": "id"}})),
        (131009, await post(cloud, {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.x"})),
        (131009, await cloud.send(who, "reaction", {"message_id": "wamid.x", "emoji": "x"})),
    ]
    assert [code(answer) for _, answer in refused] == [expected for expected, _ in refused]
    assert visitor.heard == []
    await visitor.citizen.ground.api.leave(visitor.room_id)
    await cloud.until_gone(who)
    assert code(await cloud.send(who, "text", text)) == 131026


async def test_the_window_and_the_rates_are_the_operator_s_to_set(town: Town, tmp_path: Path) -> None:
    async with stand(town, tmp_path / "bot", rates=Rates(pair=Rate(per_second=0.01, burst=1))) as cloud:
        visitor, who = await cloud.guest()
        cloud.ahead_ms = 25 * 3_600_000
        assert code(await cloud.send(who, "text", {"body": "terlambat"})) == 131047
        cloud.settings = Settings(window="7d")
        assert (await cloud.send(who, "text", {"body": "minggu ini"})).status_code == 200
        cloud.ahead_ms *= 8
        assert code(await cloud.send(who, "text", {"body": "terlambat"})) == 131047
        cloud.settings = Settings(window="off")
        assert (await cloud.send(who, "text", {"body": "kapan saja"})).status_code == 200
        await visitor.hears("kapan saja")
        assert visitor.heard == ["minggu ini", "kapan saja"]
        flood = await cloud.send(who, "text", {"body": "lagi"})
        assert (flood.status_code, code(flood)) == (429, 131056)
        assert 90 <= int(flood.headers["retry-after"]) <= 100
        cloud.ahead_ms += int(flood.headers["retry-after"]) * 1000
        assert (await cloud.send(who, "text", {"body": "lagi"})).status_code == 200
