"""What a bot says of itself by its API is read in its profile, also by who has never written to it."""

from amanat.core.identifiers import BOT_FIELD
from tests.gateway.cloud_api.conftest import cloud, town
from tests.gateway.cloud_api.stand import Stand
from tests.gateway.device.town import Town
from tests.gateway.telegram_bot_api.conftest import bot
from tests.gateway.telegram_bot_api.served import ServedBot

__all__ = ["bot", "cloud", "town"]


async def test_commands_and_a_description_in_two_languages(town: Town, bot: ServedBot) -> None:
    stranger, at_work = await town.server.user("stranger"), bot.at_work
    where = f"/profile/{at_work.bot.user_id}/{BOT_FIELD}"
    await at_work.bot.introduction.look()
    assert (await stranger.get(where)).status == 404, "who says nothing shows nothing"
    start = {"command": "start", "description": "Mulai"}
    await bot.call("setMyCommands", commands=[start])
    await bot.call("setMyCommands", commands=[start | {"description": "Begin"}], language_code="en")
    await bot.call("setMyCommands", commands=[], scope={"type": "all_private_chats"})
    await bot.call("setMyDescription", description="Menjawab soal paspor.")
    await at_work.bot.introduction.look()
    told = {
        "v": 1,
        "about": {"": "Menjawab soal paspor."},
        "commands": {"": [{"name": "start", "hint": "Mulai"}], "en": [{"name": "start", "hint": "Begin"}]},
        "prompts": [],
    }
    assert (await stranger.get(where)).json == {BOT_FIELD: told}
    await bot.call("setMyDescription", description="")
    await at_work.bot.introduction.look()
    assert (await stranger.get(where)).json[BOT_FIELD]["about"] == {}


async def test_what_a_business_offers_to_be_asked(cloud: Stand) -> None:
    path = f"/v23.0/{cloud.phone}"
    command = {"command_name": "biaya", "command_description": "Berapa biayanya"}
    offered = {"prompts": ["Di mana kantornya?"], "commands": [command]}
    await cloud.ask("POST", f"{path}/conversational_automation", json=offered)
    await cloud.ask("POST", f"{path}/whatsapp_business_profile", json={"description": "Kantor"})
    await cloud.bot.introduction.look()
    stranger = await cloud.town.server.user("stranger")
    told = (await stranger.get(f"/profile/{cloud.bot.user_id}/{BOT_FIELD}")).json[BOT_FIELD]
    assert told["commands"] == {"": [{"name": "biaya", "hint": "Berapa biayanya"}]}
    assert (told["about"], told["prompts"]) == ({"": "Kantor"}, ["Di mana kantornya?"])
