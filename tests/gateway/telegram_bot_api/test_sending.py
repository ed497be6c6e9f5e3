"""What a bot sends, and what its people get."""

from tests.gateway.telegram_bot_api.served import TOKEN, ServedBot, sees


async def test_texts_places_contacts_and_dice(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    said = await bot.call("sendMessage", chat_id=chat, text="*Halo* /start", parse_mode="Markdown")
    assert [entity["type"] for entity in said["entities"]] == ["bold", "bot_command"]
    assert (said["from"]["is_bot"], said["chat"]["type"]) == (True, "private")
    shown = await visitor.citizen.echo.hears("Halo /start")
    assert shown.content["formatted_body"] == "<strong>Halo</strong> /start"

    place = await bot.call("sendLocation", chat_id=chat, latitude=-6.2, longitude="106.8")
    assert place["location"] == {"latitude": -6.2, "longitude": 106.8}
    venue = await bot.call("sendVenue", chat_id=chat, latitude=1, longitude=2, title="Kantor", address="Jl. Satu")
    assert (venue["venue"]["title"], venue["location"]["longitude"]) == ("Kantor", 2.0)
    assert (await visitor.citizen.echo.hears("Kantor\nJl. Satu")).content["geo_uri"] == "geo:1.000000,2.000000"
    contact = await bot.call("sendContact", chat_id=chat, phone_number="+62811", first_name="Ani", last_name="B")
    assert contact["contact"] == {"phone_number": "+62811", "first_name": "Ani", "last_name": "B"}
    await visitor.hears("Ani B\n+62811")
    assert (await bot.call("sendDice", chat_id=chat, emoji="🏀"))["dice"] == {"emoji": "🏀", "value": 5}
    await visitor.hears("🏀 5")

    for method, fields, reason in (
        ("sendLocation", {"latitude": 1}, "latitude and longitude must be specified"),
        ("sendLocation", {"latitude": 91, "longitude": 0}, "wrong location specified"),
        ("sendVenue", {"latitude": 1, "longitude": 2, "title": "x"}, "address must be non-empty"),
        ("sendContact", {"first_name": "x"}, "phone number must be non-empty"),
        ("sendDice", {"emoji": "x"}, "wrong emoji specified"),
    ):
        assert await bot.refused(method, chat_id=chat, **fields) == f"Bad Request: {reason}"


async def test_files_of_each_kind(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    kinds = {
        "sendVideo": ("video", "m.video"),
        "sendAudio": ("audio", "m.audio"),
        "sendVoice": ("voice", "m.audio"),
        "sendVideoNote": ("video_note", "m.video"),
    }
    for count, (method, (field, msgtype)) in enumerate(kinds.items(), start=1):
        data = {"chat_id": str(chat), "caption": field, "duration": "3"}
        answer = await bot.http.post(
            f"{bot.url}/bot{TOKEN}/{method}", data=data, files={field: ("a", f"isi {field}".encode())}
        )
        told = answer.json()["result"]
        shown = told["video" if field == "video_note" else field]
        assert (shown["duration"], shown["file_size"], told["caption"]) == (3, 4 + len(field), field)
        event = await sees(visitor, "m.room.message", count=count)
        assert (event.content["msgtype"], event.content["body"]) == (msgtype, field)
        assert event.content["info"]["duration"] == 3000
