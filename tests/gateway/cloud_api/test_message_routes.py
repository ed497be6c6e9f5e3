"""Whom messages go to, what is refused, and when: Chatwoot's and Typebot's own shapes have files of their own."""

from pathlib import Path
from typing import Any

import httpx

from amanat.edge.rate_limit import Rate
from amanat.gateway.cloud_api.settings import Rates, Settings
from tests.gateway.cloud_api.stand import Stand, stand
from tests.gateway.device.town import Town


def code(answer: httpx.Response) -> int:
    found: int = answer.json()["error"]["code"]
    return found


async def post(cloud: Stand, body: dict[str, Any], *, version: str = "v23.0", query: str = "") -> httpx.Response:
    return await cloud.ask("POST", f"/{version}/{cloud.phone}/messages{query}", json=body)


async def test_either_id_is_taken_in_every_version(cloud: Stand) -> None:
    _, who = await cloud.guest()
    body = {"messaging_product": "whatsapp", "type": "text", "text": {"body": "a"}}
    versions = [f"v{number}.0" for number in (13, 14, 15, 17, 21, 22, 26)]
    for name, version in [("recipient", "v26.0"), *(("to", version) for version in versions)]:
        answer = (await post(cloud, body | {name: who}, version=version)).json()
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
