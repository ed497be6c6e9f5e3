"""Who a bot is, and what it tells of itself: kept for it and given back to it."""

import re
from collections.abc import Mapping
from typing import Any, Final

from msgspec import json

from amanat.gateway.bots.api import Line
from amanat.gateway.bots.introduction import LANGUAGES, Introduction, introduced
from amanat.gateway.telegram_bot_api.calls import Call, method
from amanat.gateway.telegram_bot_api.errors import NOT_AVAILABLE, BadRequest
from amanat.gateway.telegram_bot_api.objects import Object
from amanat.gateway.telegram_bot_api.speaking import Speaker

MAX_COMMANDS: Final = 100
_COMMAND: Final = re.compile(r"[a-z0-9_]{1,32}", re.ASCII)
_MAX_DESCRIPTION: Final = 256
_LANGUAGE: Final = re.compile(r"[a-z]{2}|", re.ASCII)
# The setting that keeps a text, the field that it comes in, and how many characters it may have.
_NAME: Final = ("name", 64)
_DESCRIPTION: Final = ("description", 512)
_SHORT: Final = ("short_description", 120)


class Profile:
    """Methods about the bot itself."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker

    @method("getMe")
    async def get_me(self, call: Call) -> Object:
        """Return the bot, and what it can do."""
        cannot = dict.fromkeys(
            (
                "can_read_all_group_messages",
                "supports_inline_queries",
                "can_connect_to_business",
                "has_main_web_app",
                "has_topics_enabled",
            ),
            False,
        )
        return self._speaker.telling(call).bot() | {"can_join_groups": True} | cannot

    @method("logOut", "close")
    async def log_out(self, _call: Call) -> bool:
        """Do nothing: there is no other server that the bot could be at."""
        return True

    @method("getUserProfilePhotos")
    async def get_photos(self, call: Call) -> Object:
        """Return no pictures: a bot is not shown people's."""
        if call.fields.number("user_id") is None:
            raise BadRequest("invalid user_id specified")
        return {"total_count": 0, "photos": []}

    # Commands: for each language and each circle of chats their own.

    @method("setMyCommands")
    async def set_commands(self, call: Call) -> bool:
        """Keep the commands that the bot says it knows."""
        items = call.fields.items("commands", "can't parse commands JSON object")
        if items is None or len(items) > MAX_COMMANDS:
            raise BadRequest("BOT_COMMANDS_TOO_MUCH" if items else "can't parse commands JSON object")
        await call.line.keep_setting(_commands_name(call), json.encode([_command(item) for item in items]) or None)
        return True

    @method("getMyCommands")
    async def get_commands(self, call: Call) -> list[Object]:
        """Return the commands that were kept for this language and circle."""
        kept = await call.line.setting(_commands_name(call))
        return json.decode(kept, type=list[dict[str, Any]]) if kept else []

    @method("deleteMyCommands")
    async def delete_commands(self, call: Call) -> bool:
        """Forget commands."""
        await call.line.keep_setting(_commands_name(call), None)
        return True

    # Texts about the bot. People see the name that its service has.

    @method("setMyName")
    async def set_name(self, call: Call) -> bool:
        """Keep the bot's name."""
        return await _keep_text(call, _NAME)

    @method("getMyName")
    async def get_name(self, call: Call) -> Object:
        """Return the bot's name."""
        return {"name": await _kept_text(call, _NAME) or call.line.me.name}

    @method("setMyDescription")
    async def set_description(self, call: Call) -> bool:
        """Keep what the bot can do."""
        return await _keep_text(call, _DESCRIPTION)

    @method("getMyDescription")
    async def get_description(self, call: Call) -> Object:
        """Return what the bot can do."""
        return {"description": await _kept_text(call, _DESCRIPTION)}

    @method("setMyShortDescription")
    async def set_short_description(self, call: Call) -> bool:
        """Keep what the bot is, in a few words."""
        return await _keep_text(call, _SHORT)

    @method("getMyShortDescription")
    async def get_short_description(self, call: Call) -> Object:
        """Return what the bot is, in a few words."""
        return {"short_description": await _kept_text(call, _SHORT)}

    @method("setChatMenuButton")
    async def set_menu_button(self, call: Call) -> bool:
        """Take the button that there is: the one for commands."""
        button = call.fields.mapping("menu_button", "can't parse menu button JSON object") or {}
        if button.get("type", "default") not in ("commands", "default"):
            raise BadRequest(NOT_AVAILABLE)
        return True

    @method("getChatMenuButton")
    async def get_menu_button(self, _call: Call) -> Object:
        """Return the only button that there is."""
        return {"type": "commands"}


async def introduction_of(line: Line) -> Introduction:
    """Return what people are shown of what a bot says of itself: commands are those of private chats."""
    about: dict[str, str] = {}
    commands: dict[str, list[tuple[str, str]]] = {}
    for language in LANGUAGES:
        about[language] = (await line.setting(f"{_DESCRIPTION[0]}:{language}") or b"").decode()
        for scope in ("all_private_chats", "default"):
            kept = await line.setting(f"commands:{scope}//:{language}")
            told = json.decode(kept, type=list[dict[str, str]]) if kept else []
            if told:
                commands[language] = [(each["command"], each["description"]) for each in told]
                break
    return introduced(about=about, commands=commands)


def _language(call: Call) -> str:
    language = call.fields.text("language_code").lower()
    if not _LANGUAGE.fullmatch(language):
        raise BadRequest("invalid language code specified")
    return language


def _commands_name(call: Call) -> str:
    scope = call.fields.mapping("scope", "can't parse BotCommandScope JSON object") or {"type": "default"}
    told = "/".join(str(scope.get(name, ""))[:64] for name in ("type", "chat_id", "user_id"))
    return f"commands:{told}:{_language(call)}"


def _command(item: Any) -> dict[str, str]:
    if not isinstance(item, Mapping):
        raise BadRequest("can't parse commands JSON object")
    command, description = str(item.get("command", "")), str(item.get("description", "")).strip()
    if not _COMMAND.fullmatch(command.removeprefix("/")):
        raise BadRequest("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= _MAX_DESCRIPTION:
        raise BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command.removeprefix("/"), "description": description}


async def _keep_text(call: Call, what: tuple[str, int]) -> bool:
    field, most = what
    text = call.fields.text(field)
    if len(text) > most:
        raise BadRequest(f"{field} must be no longer than {most} characters")
    await call.line.keep_setting(f"{field}:{_language(call)}", text.encode() or None)
    return True


async def _kept_text(call: Call, what: tuple[str, int]) -> str:
    """Return a text in the language asked for; where there is none, the one for all languages."""
    field, _ = what
    kept = await call.line.setting(f"{field}:{_language(call)}") or await call.line.setting(f"{field}:")
    return (kept or b"").decode()
