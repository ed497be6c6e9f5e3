"""Contract: a flow sent by pywa, unmodified, and somebody who fills it in."""

import asyncio
import json

from pywa import WhatsApp
from pywa import types as wa_types
from pywa.handlers import FlowCompletionHandler
from pywa_async import WhatsApp as AsyncWhatsApp

from amanat.compat import pywa_session
from tests.gateway.cloud_api.flows.samples import PASSPORT, flow, footer, screen
from tests.gateway.cloud_api.flows.test_routes import VISIT
from tests.gateway.cloud_api.hook import Hook
from tests.gateway.cloud_api.stand import TOKEN, Stand
from tests.gateway.cloud_api.test_pywa import register, wa
from tests.gateway.service.bot_at_work import send

__all__ = ["wa"]

ANSWER = "id.amanat.form_answer"


async def test_somebody_fills_one_in(wa: AsyncWhatsApp, cloud: Stand, bot_hook: Hook) -> None:
    completed: list[wa_types.FlowCompletion] = []
    with pywa_session(cloud.url, verify=False) as session:
        program = WhatsApp(phone_id=cloud.phone, token=TOKEN, server=None, verify_token="x", session=session)
        program.add_handlers(FlowCompletionHandler(lambda _, done: completed.append(done)))
        visitor, who = await cloud.guest()
        await register(wa, cloud, bot_hook)
        made = await wa.create_flow(name="kunjungan", categories=["OTHER"], flow_json=VISIT, publish=True)
        button = wa_types.FlowButton(title="Isi formulir", flow_id=made.id, flow_token="t-9")
        sent = await wa.send_message(to=who, text="Kapan kamu datang?", buttons=button)
        await visitor.hears("Isi formulir")
        shown = next(each for each in visitor.citizen.echo.received if "id.amanat.form" in each.content)
        assert (await bot_hook.gets("messages"))["messages"][0]["text"] == {"body": "halo"}
        form = shown.content["id.amanat.form"]
        assert (form["button"], form["first"], "gives" in form["screens"][0]["footers"][0]) == (
            "Isi formulir", "START", False,
        )  # fmt: skip

        relation = {"m.relates_to": {"m.in_reply_to": {"event_id": shown.event_id}}}
        wrong = {"screens": [{"id": "START", "values": {"nama": "Budi", "hari": "2026-12-02"}}]}
        await send(visitor, {"msgtype": "m.text", "body": "Nama: Budi", ANSWER: wrong, **relation})
        assert await visitor.hears("Hari") == "Isian ini belum bisa diterima. Hari: tanggal itu tidak tersedia."
        right = {"screens": [{"id": "START", "values": {"nama": "Budi", "hari": "2026-12-07", "kota": "Depok"}}]}
        await send(visitor, {"msgtype": "m.text", "body": "Nama: Budi", ANSWER: right, **relation})
        told = await bot_hook.gets("messages")
        await asyncio.to_thread(program.webhook_update_handler, bot_hook.bodies[-1])
    assert told["messages"][0]["interactive"]["nfm_reply"]["name"] == "flow"
    (done,) = completed
    assert (done.token, done.response) == ("t-9", {"nama": "Budi", "hari": "2026-12-07", "kota": "Bogor"})
    assert done.reply_to_message is not None
    assert done.reply_to_message.id == sent.id


async def test_what_cannot_be_sent(cloud: Stand) -> None:
    _, who = await cloud.guest()

    async def refused(**changed: object) -> tuple[int, str]:
        parameters = {"flow_cta": "Isi", "flow_token": "t", "flow_message_version": "3", **changed}
        action = {"name": "flow", "parameters": parameters}
        answer = await cloud.send(who, "interactive", {"type": "flow", "body": {"text": "?"}, "action": action})
        error = answer.json()["error"]
        return error["code"], error["error_data"]["details"]

    made = await cloud.ask(
        "POST",
        f"/v23.0/{cloud.business}/flows",
        json={"name": "paspor", "categories": ["OTHER"], "flow_json": json.dumps(PASSPORT)},
    )
    flow_id = made.json()["id"]
    assert (await refused(flow_id="61234"))[0] == 131009
    assert await refused(flow_name="paspor") == (
        131009, "The flow is DRAFT, and param interactive.action.parameters.mode is published.",
    )  # fmt: skip
    assert (await refused(flow_id=flow_id, mode="draft", flow_action="data_exchange"))[0] == 131009
    assert (await refused(flow_id=flow_id, flow_name="paspor"))[0] == 131008
    begins = {"screen": "WAKTU"}
    assert await refused(flow_id=flow_id, mode="draft", flow_action="navigate", flow_action_payload=begins) == (
        131008, "The parameter interactive.action.parameters.flow_action_payload.data.nama is required.",
    )  # fmt: skip
    assert (await refused(flow_id=flow_id, mode="draft", flow_action_payload={"screen": "NIX"}))[0] == 131009
    long = {"screen": "WAKTU", "data": {"nama": "x" * 40_000}}
    assert (await refused(flow_id=flow_id, mode="draft", flow_action_payload=long))[0] == 100


async def test_the_largest_form_arrives_and_a_larger_one_is_refused(cloud: Stand) -> None:
    visitor, who = await cloud.guest()
    said = [{"type": "TextBody", "text": "x" * 3_900}] * 10
    made = flow(screen("A", *said, footer("Kirim"), data={"a": {}}))
    asked = {"name": "besar", "categories": ["OTHER"], "flow_json": json.dumps(made), "publish": True}
    flow_id = (await cloud.ask("POST", f"/v23.0/{cloud.business}/flows", json=asked)).json()["id"]

    async def sends(words: str, given: str) -> int:
        begins = {"screen": "A", "data": {"a": given}}
        parameters = {"flow_cta": "Isi", "flow_id": flow_id, "flow_action_payload": begins}
        action = {"name": "flow", "parameters": parameters}
        answer = await cloud.send(who, "interactive", {"type": "flow", "body": {"text": words}, "action": action})
        return answer.status_code

    assert await sends("*" + "kata " * 200 + "*", "x" * 400) == 200
    await visitor.hears("[Isi]")
    assert await sends("kata", "x" * 2_000) == 400
    assert await sends("😀" * 1_000, "x" * 400) == 400
