"""What a bot offers to be asked, as pywa sets it."""

import asyncio

from pywa import WhatsApp
from pywa.types import Command

from amanat.compat import pywa_session
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
