"""Every parameter of every method is given what it should not be: the answer is in the API's words, and never a 500."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
import pytest

from amanat.edge.rate_limit import Rate
from amanat.gateway.bots.line import BotLine
from amanat.gateway.fake.bot import FakeBot
from amanat.gateway.service.bot_file import BotFile
from amanat.gateway.telegram_bot_api.api import TelegramBotApi
from amanat.gateway.telegram_bot_api.errors import TelegramError
from amanat.gateway.telegram_bot_api.fields import Fields, Upload
from amanat.gateway.telegram_bot_api.reading import parsed
from amanat.gateway.telegram_bot_api.settings import Settings
from amanat.outbound.http import HttpClient

_OFTEN: Final = Rate(per_second=1_000_000, burst=1_000_000)
_FILES: Final = ("photo", "document", "video", "audio", "voice", "animation", "video_note", "sticker")
_MEDIA: Final = ("caption", "caption_entities", "width", "height", "duration", "reply_markup", "reply_parameters")
_MESSAGE: Final = ("chat_id", "message_id")
_PERSON: Final = ("chat_id", "user_id")
_WORDS: Final = ("text", "parse_mode", "entities", "reply_markup")

PARAMETERS: Final[dict[str, tuple[str, ...]]] = {
    "sendMessage": ("chat_id", *_WORDS, "reply_parameters", "reply_to_message_id", "link_preview_options"),
    **{
        f"send{file.title().replace('_', '')}": (
            "chat_id",
            file,
            *_MEDIA,
            *(("parse_mode",) if file == "photo" else ()),
        )
        for file in _FILES
    },
    "sendMediaGroup": ("chat_id", "media", "reply_parameters"),
    "sendLocation": ("chat_id", "latitude", "longitude", "live_period", "heading", "reply_markup"),
    "sendVenue": ("chat_id", "latitude", "longitude", "title", "address"),
    "sendContact": ("chat_id", "phone_number", "first_name", "last_name", "vcard"),
    "sendDice": ("chat_id", "emoji"),
    "sendPoll": (
        *("chat_id", "question", "options", "type", "correct_option_id", "correct_option_ids", "explanation"),
        *("explanation_entities", "is_anonymous", "allows_multiple_answers", "open_period", "close_date"),
    ),
    "stopPoll": (*_MESSAGE, "reply_markup"),
    "editMessageText": (*_MESSAGE, *_WORDS, "inline_message_id"),
    "editMessageCaption": (*_MESSAGE, "caption", "caption_entities", "reply_markup"),
    "editMessageMedia": (*_MESSAGE, "media", "reply_markup"),
    "editMessageReplyMarkup": (*_MESSAGE, "reply_markup"),
    "deleteMessage": _MESSAGE,
    "deleteMessages": ("chat_id", "message_ids"),
    "setMessageReaction": (*_MESSAGE, "reaction", "is_big"),
    "copyMessage": (*_MESSAGE, "from_chat_id", "caption", "caption_entities", "reply_markup", "reply_parameters"),
    "copyMessages": ("chat_id", "from_chat_id", "message_ids", "remove_caption"),
    "forwardMessage": (*_MESSAGE, "from_chat_id"),
    "forwardMessages": ("chat_id", "from_chat_id", "message_ids"),
    "getFile": ("file_id",),
    "getUserProfilePhotos": ("user_id", "offset", "limit"),
    "getChat": ("chat_id",),
    "sendChatAction": ("chat_id", "action"),
    "answerCallbackQuery": ("callback_query_id", "text", "url", "show_alert", "cache_time"),
    "getMe": (),
    "logOut": (),
    "close": (),
    "setMyCommands": ("commands", "scope", "language_code"),
    "getMyCommands": ("scope", "language_code"),
    "deleteMyCommands": ("scope", "language_code"),
    "setMyName": ("name", "language_code"),
    "setMyDescription": ("description", "language_code"),
    "setMyShortDescription": ("short_description", "language_code"),
    "getMyName": ("language_code",),
    "getMyDescription": ("language_code",),
    "getMyShortDescription": ("language_code",),
    "setChatMenuButton": ("chat_id", "menu_button"),
    "getChatMenuButton": ("chat_id",),
    "setChatTitle": ("chat_id", "title"),
    "setChatDescription": ("chat_id", "description"),
    "pinChatMessage": _MESSAGE,
    "unpinChatMessage": _MESSAGE,
    "unpinAllChatMessages": ("chat_id",),
    "exportChatInviteLink": ("chat_id",),
    "createChatInviteLink": ("chat_id", "name", "expire_date", "member_limit", "creates_join_request"),
    "editChatInviteLink": ("chat_id", "invite_link"),
    "revokeChatInviteLink": ("chat_id", "invite_link"),
    "getChatMemberCount": ("chat_id",),
    "getChatMembersCount": ("chat_id",),
    "getChatMember": _PERSON,
    "getChatAdministrators": ("chat_id",),
    "banChatMember": (*_PERSON, "until_date", "revoke_messages"),
    "kickChatMember": _PERSON,
    "unbanChatMember": (*_PERSON, "only_if_banned"),
    "restrictChatMember": (*_PERSON, "permissions", "until_date"),
    "promoteChatMember": (*_PERSON, "can_pin_messages"),
    "setChatPermissions": ("chat_id", "permissions"),
    "approveChatJoinRequest": _PERSON,
    "declineChatJoinRequest": _PERSON,
    "getUpdates": ("offset", "limit", "timeout", "allowed_updates"),
    "setWebhook": ("url", "secret_token", "max_connections", "allowed_updates", "drop_pending_updates"),
    "deleteWebhook": ("drop_pending_updates",),
    "getWebhookInfo": (),
    "leaveChat": ("chat_id",),  # at the end, as the bot is in no chat then
}
"""Of each method: what it reads."""

WRONG: Final = (
    *("null", "true", "-1", "1.5", "-0.0", "1e308", "9223372036854775807", "9223372036854775808", f"1{'0' * 400}"),
    *('""', '" "', '"x"', '"a\\u0000b"', '"\\ud83d\\ude00"', '"99999999999999999999"', '"nan"', '"1e5"', '"١٢"'),
    *("[]", "{}", "[[]]", "[{}]", "[[null]]", '{"type":1}', '[{"type":1}]', f'"{"[" * 5_000}"', f'"{"x" * 70_000}"'),
    '[{"type":"bold","offset":-1,"length":1},{"type":"bold","offset":1e3,"length":99999999999999999999}]',
    '[{"type":"text_link","offset":0,"length":1,"url":5},{"type":"text_mention","offset":0,"length":1,"user":7}]',
    '{"inline_keyboard":[[{"text":"a","callback_data":{"a":1}}]]}',
    '{"inline_keyboard":[[{"text":"a","url":["x"]}]]}',
    '{"keyboard":[["\\u0000",{"text":"a","request_contact":[]}]]}',
    '{"message_id":99999999999999999999,"allow_sending_without_reply":true}',
    '{"type":"chat_member","chat_id":[],"user_id":{}}',
    '[{"command":"a","description":null}]',
    '[{"type":"photo","media":"attach://x"},{"type":"photo","media":5}]',
    '"http://[::1"',
    '"http://127.0.0.1:1/x"',
    '"attach://x"',
)
"""In JSON. What is no JSON at all never gets so far."""


class Bot:
    """A bot with one chat, one file and one message; `right` has a value for each parameter that will do."""

    def __init__(self, api: TelegramBotApi, line: BotLine) -> None:
        self._api = api
        self._line = line
        self.right: dict[str, Any] = {
            "latitude": 1,
            "longitude": 2,
            "text": "a",
            "question": "a",
            "options": ["a", "b"],
        }
        self.right |= {"title": "a", "address": "b", "phone_number": "1", "first_name": "a", "emoji": "\U0001f3b2"}
        self.right |= {"action": "typing", "commands": [{"command": "a", "description": "b"}], "url": ""}

    @property
    def methods(self) -> frozenset[str]:
        """What the API has, in small letters."""
        return self._api.methods

    async def call(self, method: str, fields: Fields) -> Any:
        """Call a method; raises `TelegramError`."""
        return await self._api.call(self._line, method, fields=fields)

    async def meet(self) -> None:
        """Learn what the parameters that will do are."""
        (update,) = await self._line.updates(after=0, most=1)
        chat = json.loads(update.body)["message"]["chat"]["id"]
        self.right |= {"chat_id": chat, "from_chat_id": chat, "user_id": chat}
        note = {"document": Upload(name="a.txt", mimetype="text/plain", content=b"a")}
        sent = (await self.call("sendDocument", Fields({"chat_id": chat}, note))).result
        self.right |= dict.fromkeys((*_FILES, "file_id"), sent["document"]["file_id"])
        self.right |= {"message_id": sent["message_id"], "message_ids": [sent["message_id"]]}


@asynccontextmanager
async def _running(folder: Path) -> AsyncIterator[Bot]:
    outside = HttpClient()
    api = TelegramBotApi(fetches=outside, settings=Settings(chat=_OFTEN, overall=_OFTEN, poll_s=0))
    described = BotFile(api="telegram", number=77, name="Fake", secret="s" * 35)
    fake = FakeBot(described, folder=folder, api=api, posts=outside)
    await fake.open()
    running = asyncio.create_task(fake.run())
    try:
        await fake.hear("budi", {"msgtype": "m.text", "body": "halo"})
        made = Bot(api, fake.line)
        await made.meet()
        yield made
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await fake.close()


@pytest.mark.parametrize("method", PARAMETERS)
async def test_no_method_fails(tmp_path: Path, method: str) -> None:
    async with _running(tmp_path) as bot:
        right = {name: bot.right[name] for name in PARAMETERS[method] if name in bot.right}
        for name in PARAMETERS[method]:
            others = {each: value for each, value in right.items() if each != name}
            for wrong in WRONG:
                for body, kind in _bodies(others, name, wrong):
                    await _answers(bot, method, parsed(body, kind))


async def test_every_method_is_tried(tmp_path: Path) -> None:
    async with _running(tmp_path) as bot:
        assert bot.methods == {name.lower() for name in PARAMETERS}


def _bodies(others: dict[str, Any], name: str, wrong: str) -> list[tuple[bytes, str]]:
    """Return the two forms in which a call comes."""
    told = json.dumps(others)[1:-1]
    as_json = f'{{{told}{", " if told else ""}"{name}": {wrong}}}'
    text = json.loads(wrong) if wrong.startswith('"') else wrong
    form = {each: json.dumps(value) if isinstance(value, list) else value for each, value in others.items()}
    return [
        (as_json.encode(), "application/json"),
        (urlencode(form | {name: text}).encode(), "application/x-www-form-urlencoded"),
    ]


async def _answers(bot: Bot, method: str, fields: Fields) -> None:
    """Call a method: what it answers can be written, and what it refuses it refuses in the API's words."""
    try:
        told = getattr(await bot.call(method, fields), "result", None)
    except TelegramError as refused:
        told = refused.body()
    except Exception as error:
        raise AssertionError(f"{fields.values}") from error
    assert b'"error_code":5' not in msgspec.json.encode(told), fields.values
