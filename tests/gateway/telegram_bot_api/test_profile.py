"""What a bot tells of itself."""

from tests.gateway.telegram_bot_api.served import ServedBot

START = {"command": "start", "description": "Mulai"}


async def test_who_it_is_and_what_it_keeps_of_itself(bot: ServedBot) -> None:
    me = await bot.call("getMe")
    assert (me["id"], me["is_bot"], me["can_join_groups"], me["can_read_all_group_messages"]) == (77, True, True, False)
    assert await bot.call("logOut")
    assert await bot.call("close")
    assert await bot.call("getUserProfilePhotos", user_id=5) == {"total_count": 0, "photos": []}

    assert await bot.call("getMyCommands") == []
    assert await bot.call("setMyCommands", commands=[START])
    english = {"command": "/start", "description": "Begin"}
    assert await bot.call("setMyCommands", commands=[english], language_code="en", scope={"type": "chat", "chat_id": 5})
    assert await bot.call("getMyCommands") == [START]
    scoped = await bot.call("getMyCommands", language_code="en", scope='{"type": "chat", "chat_id": 5}')
    assert scoped == [{"command": "start", "description": "Begin"}]
    assert await bot.call("deleteMyCommands")
    assert await bot.call("getMyCommands") == []

    assert (await bot.call("getMyName"))["name"] == "Bot"
    for field, method in (("name", "Name"), ("description", "Description"), ("short_description", "ShortDescription")):
        assert await bot.call(f"setMy{method}", **{field: "Loket"})
        assert await bot.call(f"setMy{method}", **{field: "Counter"}, language_code="en")
        assert await bot.call(f"getMy{method}") == {field: "Loket"}
        assert await bot.call(f"getMy{method}", language_code="en") == {field: "Counter"}
        assert await bot.call(f"getMy{method}", language_code="jv") == {field: "Loket"}
        refused = await bot.refused(f"setMy{method}", **{field: "x" * 600})
        assert refused.startswith(f"Bad Request: {field} must be no longer than")
    assert await bot.call("setChatMenuButton", menu_button={"type": "commands"})
    assert await bot.call("getChatMenuButton") == {"type": "commands"}

    for method, fields, reason in (
        ("setMyCommands", {}, "can't parse commands JSON object"),
        ("setMyCommands", {"commands": [START] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ("setMyCommands", {"commands": [5]}, "can't parse commands JSON object"),
        ("setMyCommands", {"commands": [START | {"command": "Tanda-"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [START | {"description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("getMyCommands", {"language_code": "english"}, "invalid language code specified"),
        ("setChatMenuButton", {"menu_button": {"type": "web_app"}}, "method not available on this server"),
        ("getUserProfilePhotos", {}, "invalid user_id specified"),
    ):
        assert await bot.refused(method, **fields) == f"Bad Request: {reason}"
