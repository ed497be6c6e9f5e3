"""Says things: whatever a bot sends ends here, counted, with what stands under it and what it answers."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from amanat.gateway.bots.api import NoSuchChat, NoSuchMessage
from amanat.gateway.bots.model import Body, Chat, Said, Saying, Wanted, Words
from amanat.gateway.telegram_bot_api.calls import Call
from amanat.gateway.telegram_bot_api.entities import Entity
from amanat.gateway.telegram_bot_api.errors import CHAT_NOT_FOUND, BadRequest, TooManyRequests
from amanat.gateway.telegram_bot_api.fields import Fields
from amanat.gateway.telegram_bot_api.flood import Flood
from amanat.gateway.telegram_bot_api.keyboards import Keyboard, keyboard_of
from amanat.gateway.telegram_bot_api.markup import Markup, packed
from amanat.gateway.telegram_bot_api.objects import Object, Telling
from amanat.gateway.telegram_bot_api.settings import Settings

_IN_PRIVATE: Final[Mapping[Wanted, str]] = {
    "phone": "phone number can be requested in private chats only",
    "place": "location can be requested in private chats only",
}


class Content(Struct, frozen=True, kw_only=True):
    """What is said. `entities`: the marks of its text or caption; `told`: fields of the message that the body lacks.

    `poll` and `names_voters`: see `Markup`; `closes_ts`: see `Saying`.
    """

    body: Body
    entities: tuple[Entity, ...] = ()
    told: dict[str, Any] = {}
    poll: dict[str, Any] = {}
    names_voters: bool = False
    forwarded: bool = False
    closes_ts: int = 0


class _Reply(Struct, frozen=True):
    """The message that is answered, and whether what answers may be said without it."""

    number: int
    is_needed: bool


class Speaker:
    """Says things for bots."""

    def __init__(self, settings: Settings, flood: Flood, *, pause: Callable[[float], Awaitable[None]]) -> None:
        """`pause` passes so many seconds."""
        self.settings = settings
        self._flood = flood
        self._pause = pause

    async def count(self, call: Call, chat: Chat, *, times: int = 1) -> None:
        """Count what a call says in a chat at once; raises `TooManyRequests`, or returns once it may be said."""
        while True:
            try:
                return self._flood.count(call.line.me.number, chat.number, times=times)
            except TooManyRequests as error:
                if not call.waits:
                    raise
                await self._pause(error.seconds)

    def telling(self, call: Call) -> Telling:
        """Return what tells the calling bot of messages."""
        return Telling(call.line.me, language=self.settings.language)

    async def say(self, call: Call, chat: Chat, *, content: Content) -> Object:
        """Say something with what the call wants under it; return the message."""
        return (await self.say_all(call, chat, contents=[content]))[0]

    async def say_all(self, call: Call, chat: Chat, *, contents: Sequence[Content]) -> list[Object]:
        """Say several things, each with what the call wants under it, all or none; return the messages."""
        keyboard, reply = keyboard_of(call.fields), _reply(call.fields)
        for choice in keyboard.choices if chat.kind == "group" else ():
            if choice.wants:
                raise BadRequest(_IN_PRIVATE[choice.wants])
        quoted = await self._quoted(call, chat, reply)
        await self.count(call, chat, times=len(contents))
        sayings = [
            Saying(
                body=content.body,
                choices=keyboard.choices,
                reply_to=None if quoted is None else quoted.number,
                markup=packed(_markup(content, keyboard)),
                forwarded=content.forwarded,
                closes_ts=content.closes_ts,
            )
            for content in contents
        ]
        try:
            said = await call.line.say_all(chat, sayings)
        except NoSuchChat:
            raise BadRequest(CHAT_NOT_FOUND) from None
        except NoSuchMessage:
            raise BadRequest("message to be replied not found") from None
        return [self.telling(call).message(each, quoted=quoted) for each in said]

    async def remark(self, call: Call, chat: Chat, *, text: str) -> None:
        """Say a few words that no call of their own asked for."""
        await self.count(call, chat)
        await call.line.say(chat, Saying(body=Words(text=text)))

    async def _quoted(self, call: Call, chat: Chat, reply: _Reply | None) -> Said | None:
        if reply is None:
            return None
        try:
            return await call.line.message(chat, reply.number)
        except NoSuchMessage:
            if reply.is_needed:
                raise BadRequest("message to be replied not found") from None
            return None


def _markup(content: Content, keyboard: Keyboard) -> Markup:
    return Markup(
        entities=content.entities,
        inline=keyboard.inline,
        told=content.told,
        poll=content.poll,
        names_voters=content.names_voters,
    )


def _reply(fields: Fields) -> _Reply | None:
    """Return what is answered: by `reply_parameters`, or as bots said it before these came."""
    given = fields.mapping("reply_parameters", "can't parse reply parameters JSON object")
    asked = fields if given is None else Fields(given)
    number = asked.number("reply_to_message_id" if given is None else "message_id")
    if not number:
        return None
    return _Reply(number, is_needed=not asked.flag("allow_sending_without_reply"))
