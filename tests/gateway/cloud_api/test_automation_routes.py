"""What a bot offers to be asked, as pywa sets it."""

import asyncio
from typing import Any

from pywa import WhatsApp
from pywa.types import Command, Message, MessageType

from amanat.compat import pywa_session
from tests.gateway.cloud_api.hook import VERIFY_TOKEN, Hook
from tests.gateway.cloud_api.stand import TOKEN, Stand


async def test_pywa_sets_prompts_and_commands(cloud: Stand) -> None:
    def talk() -> None:
        with pywa_session(cloud.url, verify=False) as session:
            wa = WhatsApp(phone_id=cloud.phone, token=TOKEN, session=session)
            commands = [Command(name="paspor", description="Syarat paspor")]
            assert wa.update_conversational_automation(commands=commands).success
            assert wa.update_conversational_automation(ice_breakers=["Berapa biayanya?"]).success

    await asyncio.to_thread(talk)
    shown = (await cloud.ask("GET", f"/v23.0/{cloud.phone}?fields=conversational_automation")).json()
    assert shown["conversational_automation"] == {
        "id": cloud.phone,
        "enable_welcome_message": False,
        "prompts": ["Berapa biayanya?"],
        "commands": [{"command_name": "paspor", "command_description": "Syarat paspor"}],
    }


async def test_a_chat_that_begins_asks_for_a_welcome_once_and_before_anything_is_said(
    cloud: Stand, bot_hook: Hook
) -> None:
    path = f"/v23.0/{cloud.phone}/conversational_automation"
    to = {"override_callback_uri": bot_hook.url, "verify_token": VERIFY_TOKEN}
    assert (await cloud.ask("POST", f"/v23.0/{cloud.business}/subscribed_apps", json=to)).status_code == 200
    unasked = await cloud.visitor("unasked")
    await unasked.writes("halo")
    assert (await bot_hook.gets("messages"))["messages"][0]["type"] == "text"

    await cloud.ask("POST", path, json={"enable_welcome_message": True})
    visitor = await cloud.visitor()
    await visitor.citizen.publish_identity()  # as our app does: only then is anything said to who has written nothing
    told = await bot_hook.gets("messages")
    (welcome,), (contact,) = told["messages"], told["contacts"]
    assert (welcome["type"], welcome["from_user_id"]) == ("request_welcome", contact["user_id"])
    update: Any = {"entry": [{"id": "1", "changes": [{"field": "messages", "value": told}]}]}
    with pywa_session(cloud.url, verify=False) as session:
        wa = WhatsApp(phone_id=cloud.phone, token=TOKEN, session=session)
        assert Message.from_update(client=wa, update=update).type == MessageType.REQUEST_WELCOME
    # As programs do with whatever they are told.
    seen = {"messaging_product": "whatsapp", "status": "read", "message_id": welcome["id"]}
    typing = {"typing_indicator": {"type": "text"}}
    marked = await cloud.ask("POST", f"/v23.0/{cloud.phone}/messages", json=seen | typing)
    assert marked.json() == {"success": True}
    assert (await cloud.send(contact["user_id"], "text", {"body": "Selamat datang"})).status_code == 200
    await visitor.hears("Selamat datang")
    person = visitor.citizen.person
    renamed = await person.put(f"/profile/{person.user_id}/displayname", {"displayname": "Budi"})
    assert renamed.status == 200
    await visitor.writes("halo")
    assert (await bot_hook.gets("messages"))["messages"][0]["type"] == "text"


async def test_too_much_is_refused(cloud: Stand) -> None:
    path = f"/v23.0/{cloud.phone}/conversational_automation"
    command = {"command_name": "a", "command_description": "b"}
    wrongs: list[dict[str, object]] = [
        {"prompts": ["x"] * 5},
        {"prompts": ["x" * 81]},
        {"prompts": "["},
        {"commands": [command] * 31},
        {"commands": [{"command_name": "a"}]},
        {"commands": [command | {"command_name": "x" * 33}]},
    ]
    for wrong in wrongs:
        assert (await cloud.ask("POST", path, json=wrong)).status_code == 400, wrong
    assert (await cloud.ask("POST", path, json={"enable_welcome_message": True})).json() == {"success": True}
