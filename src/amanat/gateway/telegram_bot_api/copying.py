"""What a bot says again: as a copy, or as something forwarded."""

from collections.abc import Awaitable, Callable

from msgspec.structs import replace

from amanat.gateway.bots.model import Body, Chat, Deleted, Media, OwnNumber, Said, Unknown, Words
from amanat.gateway.telegram_bot_api.calls import Call, chat_of, message_numbers, message_of, method
from amanat.gateway.telegram_bot_api.entities import Entity
from amanat.gateway.telegram_bot_api.errors import BadRequest
from amanat.gateway.telegram_bot_api.markup import unpacked
from amanat.gateway.telegram_bot_api.objects import Object
from amanat.gateway.telegram_bot_api.speaking import Content, Speaker
from amanat.gateway.telegram_bot_api.texts import caption_of, heard, words


class Copying:
    """Methods that say again what was said. What goes on has the bot for its sender: nobody's words are forged."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker

    @method("copyMessage")
    async def copy(self, call: Call) -> Object:
        """Say a message again, with another caption if one is given."""
        chat, source = await chat_of(call), await chat_of(call, "from_chat_id")
        copied = await self._speaker.say(call, chat, content=await self._copy(call, source))
        return {"message_id": copied["message_id"]}

    @method("copyMessages")
    async def copy_several(self, call: Call) -> list[Object]:
        """Say messages again; those that are not there are left out, as Telegram does."""
        return await self._each(call, self._copy)

    @method("forwardMessage")
    async def forward(self, call: Call) -> Object:
        """Say a message again, and tell the bot whose it was."""
        chat, source = await chat_of(call), await chat_of(call, "from_chat_id")
        return await self._speaker.say(call, chat, content=await self._forward(call, source))

    @method("forwardMessages")
    async def forward_several(self, call: Call) -> list[Object]:
        """Forward messages; those that are not there are left out."""
        return await self._each(call, self._forward)

    async def _copy(self, call: Call, source: Chat) -> Content:
        said = await message_of(call, source, refusal="message to copy not found")
        body, entities = _again(said, "copied")
        if isinstance(body, Media) and "caption" in call.fields:
            caption = caption_of(call.fields)
            body, entities = replace(body, caption=words(caption)), caption.entities
        return Content(body=body, entities=entities)

    async def _forward(self, call: Call, source: Chat) -> Content:
        said = await message_of(call, source, refusal="message to forward not found")
        body, entities = _again(said, "forwarded")
        who = self._speaker.telling(call).sender(said.sender)
        origin = {"type": "user", "sender_user": who, "date": said.ts // 1000}
        return Content(body=body, entities=entities, told={"forward_origin": origin}, forwarded=True)

    async def _each(self, call: Call, again: Callable[[Call, Chat], Awaitable[Content]]) -> list[Object]:
        """Say all of them that are there at once: what is killed has said all or none."""
        chat, source = await chat_of(call), await chat_of(call, "from_chat_id")
        contents = []
        for number in message_numbers(call.fields):
            one = Call(call.line, call.fields.with_values(message_id=number), call.waits)
            try:
                contents.append(await again(one, source))
            except BadRequest:
                continue
        said = await self._speaker.say_all(call, chat, contents=contents) if contents else []
        return [{"message_id": message["message_id"]} for message in said]


def _again(said: Said, done: str) -> tuple[Body, tuple[Entity, ...]]:
    """Return what a message says, and the marks of its words."""
    body = said.body
    if isinstance(body, Unknown | Deleted):
        raise BadRequest(f"message can't be {done}")
    if isinstance(body, OwnNumber):
        # As `sendContact` says one: whoever it is said to is told no contact that the server vouches for.
        body = Words(text=body.phone)
    if said.sender is None:
        return body, unpacked(said.markup).entities
    text = body if isinstance(body, Words) else body.caption if isinstance(body, Media) else Words(text="")
    return body, heard(text).entities
