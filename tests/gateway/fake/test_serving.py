"""A bot's author tests a bot without a server: with the library that the bot is written with."""

import telegram

from tests.gateway.fake.conftest import Fake


async def test_a_telegram_bot_meets_somebody(fake: Fake) -> None:
    access = fake.bots["telegram"]
    bot = telegram.Bot(access["token"], base_url=access["base_url"], base_file_url=access["base_file_url"])
    async with bot:
        await fake.says("telegram", "budi", "/start")
        [update] = await bot.get_updates(timeout=10)
        assert update.message is not None
        assert (update.message.text, update.message.chat.first_name) == ("/start", "Budi")
        keys = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Ya", callback_data="yes")]])
        sent = await bot.send_message(update.message.chat.id, "Lanjut?", reply_markup=keys)
        [spoken] = await fake.hears("telegram", "budi")
        assert spoken["content"]["body"].startswith("Lanjut?")
        await fake.says("telegram", "budi", "ya")
        [pressed] = await bot.get_updates(offset=update.update_id + 1, timeout=10)
        assert pressed.callback_query is not None
        assert pressed.callback_query.data == "yes"
        await bot.edit_message_text("Baik.", sent.chat.id, sent.message_id)
        [edited] = await fake.hears("telegram", "budi", after=spoken["position"])
        assert edited["content"]["m.new_content"]["body"] == "Baik."


async def test_a_cloud_bot_answers_somebody(fake: Fake) -> None:
    access = fake.bots["cloud"]
    await fake.says("cloud", "ani", "halo")
    person = (await fake.http.get("/fake/cloud/ani/hears")).json()
    assert person == {"said": []}
    headers = {"Authorization": f"Bearer {access['access_token']}"}
    answer = await fake.http.get(f"/v23.0/{access['phone_number_id']}", headers=headers)
    assert answer.json()["id"] == access["phone_number_id"]
