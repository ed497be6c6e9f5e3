"""The chats that a bot is in."""

from contextlib import suppress
from typing import Any, Final

from amanat.gateway.bots.api import NoSuchChat, NoSuchMessage
from amanat.gateway.bots.model import Chat
from amanat.gateway.telegram_bot_api.calls import Call, chat_of, method
from amanat.gateway.telegram_bot_api.errors import BadRequest
from amanat.gateway.telegram_bot_api.member_objects import permissions
from amanat.gateway.telegram_bot_api.objects import Object, chat
from amanat.gateway.telegram_bot_api.query_ids import chat_in
from amanat.gateway.telegram_bot_api.speaking import Speaker

MAX_ANSWER: Final = 200
"""Of what a press is answered with, in characters."""

_ACTION_S: Final = 5
"""How long Telegram shows what a bot does; source: core.telegram.org/bots/api#sendchataction."""
_ACTIONS: Final = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "record_audio",
        "upload_audio",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_ACCENTS: Final = 7


class Chats:
    """Methods about chats."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker

    @method("getChat")
    async def get_chat(self, call: Call) -> Object:
        """Return all that is told of a chat."""
        where = await chat_of(call)
        gifts = dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        )
        told: dict[str, Any] = {"accent_color_id": abs(where.number) % _ACCENTS, "max_reaction_count": 1}
        told |= {"accepted_gift_types": gifts}
        return chat(where) | told | (await self._about(call, where) if where.kind == "group" else {})

    async def _about(self, call: Call, where: Chat) -> Object:
        about = await call.line.group.about(where)
        told: Object = {"permissions": permissions(about.everybody)}
        told |= {"title": about.title} if about.title else {}
        told |= {"description": about.topic} if about.topic else {}
        told |= {"join_by_request": True} if about.is_open else {}
        if about.pinned is None:
            return told
        with suppress(NoSuchMessage):
            pinned = await call.line.message(where, about.pinned)
            told["pinned_message"] = self._speaker.telling(call).message(pinned)
        return told

    @method("leaveChat")
    async def leave(self, call: Call) -> bool:
        """Leave a group."""
        where = await chat_of(call)
        if where.kind == "private":
            raise BadRequest("chat member status can't be changed in private chats")
        await call.line.leave(where)
        return True

    @method("sendChatAction")
    async def show_action(self, call: Call) -> bool:
        """Show that the bot does something: whatever it is, it writes."""
        where = await chat_of(call)
        if call.fields.text("action").lower() not in _ACTIONS:
            raise BadRequest("wrong parameter action in request")
        await call.line.show_typing(where, seconds=_ACTION_S)
        return True

    @method("answerCallbackQuery")
    async def answer_press(self, call: Call) -> bool:
        """Answer a press. Matrix has nothing that pops up, so words are said in the chat."""
        text = call.fields.text("text").strip()
        if len(text) > MAX_ANSWER:
            raise BadRequest("MESSAGE_TOO_LONG")
        number = chat_in(call.fields.text("callback_query_id"))
        try:
            where = None if number is None else await call.line.chat(number)
        except NoSuchChat:
            where = None
        if where is None:
            raise BadRequest("query is too old and response timeout expired or query ID is invalid")
        if text:
            await self._speaker.remark(call, where, text=text)
        return True
