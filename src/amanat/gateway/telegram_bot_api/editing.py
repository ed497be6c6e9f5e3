"""What a bot changes of what it has said, takes back, or reacts to."""

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from amanat.gateway.bots.api import NoSuchMessage
from amanat.gateway.bots.model import Body, Chat, Media, PollBody, Said, Saying, Words
from amanat.gateway.telegram_bot_api.albums import Albums
from amanat.gateway.telegram_bot_api.calls import Call, chat_of, message_number, message_numbers, message_of, method
from amanat.gateway.telegram_bot_api.entities import Entity
from amanat.gateway.telegram_bot_api.errors import BadRequest
from amanat.gateway.telegram_bot_api.keyboards import keyboard_of
from amanat.gateway.telegram_bot_api.markup import Markup, packed, unpacked
from amanat.gateway.telegram_bot_api.objects import Object
from amanat.gateway.telegram_bot_api.speaking import Speaker
from amanat.gateway.telegram_bot_api.texts import caption_of, text_of, words

_NO_MESSAGE: Final = "message to edit not found"
_NOT_OWN: Final = "message can't be edited"
_SAME: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


class _Change(Struct, frozen=True):
    """A message of the bot's, and what it is to say."""

    said: Said
    body: Body
    entities: tuple[Entity, ...]


class Editing:
    """Methods that change what was said."""

    def __init__(self, speaker: Speaker, albums: Albums) -> None:
        self._speaker = speaker
        self._albums = albums

    @method("editMessageText")
    async def edit_text(self, call: Call) -> Object:
        """Say another text, and put another keyboard under it."""
        text = text_of(call.fields)
        said = await self._own(call, await chat_of(call))
        if not isinstance(said.body, Words):
            raise BadRequest("there is no text in the message to edit")
        return await self._change(call, _Change(said, words(text), text.entities))

    @method("editMessageCaption")
    async def edit_caption(self, call: Call) -> Object:
        """Say something else with a file."""
        caption = caption_of(call.fields)
        said = await self._own(call, await chat_of(call))
        if not isinstance(said.body, Media):
            raise BadRequest("there is no caption in the message to edit")
        return await self._change(call, _Change(said, replace(said.body, caption=words(caption)), caption.entities))

    @method("editMessageMedia")
    async def edit_media(self, call: Call) -> Object:
        """Show another file."""
        said = await self._own(call, await chat_of(call))
        shown = await self._albums.shown(call, call.fields.structure("media", "can't parse InputMedia JSON object"))
        return await self._change(call, _Change(said, shown.media, shown.caption.entities))

    @method("editMessageReplyMarkup")
    async def edit_reply_markup(self, call: Call) -> Object:
        """Put another keyboard under a message, or none."""
        said = await self._own(call, await chat_of(call))
        return await self._change(call, _Change(said, said.body, unpacked(said.markup).entities))

    async def _own(self, call: Call, chat: Chat) -> Said:
        """Return the message that is to be changed."""
        said = await message_of(call, chat, refusal=_NO_MESSAGE)
        if said.sender is not None or isinstance(said.body, PollBody):
            raise BadRequest(_NOT_OWN)
        return said

    async def _change(self, call: Call, change: _Change) -> Object:
        said, keyboard = change.said, keyboard_of(call.fields)
        kept = replace(unpacked(said.markup), entities=change.entities, inline=keyboard.inline)
        markup = packed(_without_old_words(kept, said.body, change.body))
        if (said.body, said.choices, said.markup) == (change.body, keyboard.choices, markup):
            raise BadRequest(_SAME)
        await self._speaker.count(call, said.chat)
        saying = Saying(body=change.body, choices=keyboard.choices, reply_to=said.reply_to, markup=markup)
        try:
            changed = await call.line.edit(said.chat, said.number, saying=saying)
        except NoSuchMessage:
            raise BadRequest(_NOT_OWN) from None
        return self._speaker.telling(call).message(changed)

    @method("deleteMessage")
    async def delete(self, call: Call) -> bool:
        """Take a message back."""
        chat, number = await chat_of(call), message_number(call.fields)
        await message_of(call, chat, refusal="message to delete not found")
        if not await _deleted(call, chat, number):
            raise BadRequest("message can't be deleted for everyone")
        return True

    @method("deleteMessages")
    async def delete_several(self, call: Call) -> bool:
        """Take messages back; those that cannot be are left out, as Telegram does."""
        chat = await chat_of(call)
        numbers = [number for number in message_numbers(call.fields) if isinstance(number, int)]
        await call.line.delete_all(chat, [*dict.fromkeys(numbers)])
        return True

    @method("setMessageReaction")
    async def react(self, call: Call) -> bool:
        """React to a message with an emoji, or take that back."""
        chat, number = await chat_of(call), message_number(call.fields)
        reactions = call.fields.items("reaction", "can't parse reaction types JSON object") or []
        if len(reactions) > 1:
            raise BadRequest("REACTIONS_TOO_MANY")
        emoji = reactions[0].get("emoji") if reactions and isinstance(reactions[0], dict) else ""
        if reactions and (not isinstance(emoji, str) or not 0 < len(emoji) <= 16):
            raise BadRequest("REACTION_INVALID")
        try:
            await call.line.react(chat, number, emoji=str(emoji))
        except NoSuchMessage:
            raise BadRequest("message to react not found") from None
        return True


def _without_old_words(kept: Markup, before: Body, after: Body) -> Markup:
    """What was told of the old words, a die's or a contact's, is not true of others."""
    return kept if before == after else replace(kept, told={})


async def _deleted(call: Call, chat: Chat, number: int) -> bool:
    try:
        await call.line.delete(chat, number)
    except NoSuchMessage:
        return False
    return True
