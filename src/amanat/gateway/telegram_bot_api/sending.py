"""What a bot sends: texts, files, places."""

from collections.abc import Callable
from typing import Final

from amanat.gateway.bots.model import Place, Words
from amanat.gateway.telegram_bot_api.calls import Call, chat_of, method
from amanat.gateway.telegram_bot_api.errors import BadRequest
from amanat.gateway.telegram_bot_api.fields import Fields
from amanat.gateway.telegram_bot_api.objects import Object
from amanat.gateway.telegram_bot_api.speaking import Content, Speaker
from amanat.gateway.telegram_bot_api.texts import caption_of, text_of, words
from amanat.gateway.telegram_bot_api.uploads import Uploads, Wanted

PHOTO: Final = Wanted("picture", "photo", "photo")
DOCUMENT: Final = Wanted("file", "document", "document")
VIDEO: Final = Wanted("video", "video", "video")
AUDIO: Final = Wanted("audio", "audio", "audio")
VOICE: Final = Wanted("voice", "voice", "voice")
ANIMATION: Final = Wanted("animation", "animation", "animation")
VIDEO_NOTE: Final = Wanted("video", "video_note", "video note")
STICKER: Final = Wanted("sticker", "sticker", "sticker")

_DICE: Final = {"\U0001f3b2": 6, "\U0001f3af": 6, "\U0001f3b3": 6, "\U0001f3c0": 5, "\u26bd": 5, "\U0001f3b0": 64}
"""The emoji that Telegram throws, and how many sides each has; source: core.telegram.org/bots/api#dice."""


class Sending:
    """Methods that say something new. `chance` returns a number from 1 to the one it is given."""

    def __init__(self, speaker: Speaker, uploads: Uploads, *, chance: Callable[[int], int]) -> None:
        self._speaker = speaker
        self._uploads = uploads
        self._chance = chance

    @method("sendMessage")
    async def send_message(self, call: Call) -> Object:
        """Say a text."""
        chat, text = await chat_of(call), text_of(call.fields)
        return await self._speaker.say(call, chat, content=Content(body=words(text), entities=text.entities))

    @method("sendPhoto")
    async def send_photo(self, call: Call) -> Object:
        """Send a picture."""
        return await self._send(call, PHOTO)

    @method("sendDocument")
    async def send_document(self, call: Call) -> Object:
        """Send a file."""
        return await self._send(call, DOCUMENT)

    @method("sendVideo")
    async def send_video(self, call: Call) -> Object:
        """Send a film."""
        return await self._send(call, VIDEO)

    @method("sendAudio")
    async def send_audio(self, call: Call) -> Object:
        """Send a piece of music."""
        return await self._send(call, AUDIO)

    @method("sendVoice")
    async def send_voice(self, call: Call) -> Object:
        """Send something spoken."""
        return await self._send(call, VOICE)

    @method("sendAnimation")
    async def send_animation(self, call: Call) -> Object:
        """Send a moving picture."""
        return await self._send(call, ANIMATION)

    @method("sendVideoNote")
    async def send_video_note(self, call: Call) -> Object:
        """Send a short film, which Telegram shows round."""
        return await self._send(call, VIDEO_NOTE)

    @method("sendSticker")
    async def send_sticker(self, call: Call) -> Object:
        """Send a sticker."""
        return await self._send(call, STICKER)

    async def _send(self, call: Call, wanted: Wanted) -> Object:
        chat, caption = await chat_of(call), caption_of(call.fields)
        media = await self._uploads.media(call.line, call.fields, wanted=wanted, caption=words(caption))
        return await self._speaker.say(call, chat, content=Content(body=media, entities=caption.entities))

    @method("sendLocation")
    async def send_location(self, call: Call) -> Object:
        """Show a place. One that moves is shown where it is now."""
        return await self._speaker.say(call, await chat_of(call), content=Content(body=_place(call.fields, "")))

    @method("sendVenue")
    async def send_venue(self, call: Call) -> Object:
        """Show a place that has a name."""
        chat, fields = await chat_of(call), call.fields
        title = fields.required_text("title", "title must be non-empty")
        address = fields.required_text("address", "address must be non-empty")
        place = _place(fields, f"{title}\n{address}")
        where = {"latitude": place.latitude, "longitude": place.longitude}
        told = {"venue": {"location": where, "title": title, "address": address}}
        return await self._speaker.say(call, chat, content=Content(body=place, told=told))

    @method("sendContact")
    async def send_contact(self, call: Call) -> Object:
        """Say somebody's name and number, since Matrix has no contacts."""
        chat, fields = await chat_of(call), call.fields
        phone = fields.required_text("phone_number", "phone number must be non-empty")
        first = fields.required_text("first_name", "first name must be non-empty")
        last = fields.text("last_name")
        contact = {"phone_number": phone, "first_name": first} | ({"last_name": last} if last else {})
        text = f"{first} {last}".strip() + f"\n{phone}"
        return await self._speaker.say(call, chat, content=Content(body=Words(text=text), told={"contact": contact}))

    @method("sendDice")
    async def send_dice(self, call: Call) -> Object:
        """Throw a die, and say what fell."""
        emoji = call.fields.text("emoji") or "\U0001f3b2"
        sides = _DICE.get(emoji.removesuffix("\ufe0f"))
        if sides is None:
            raise BadRequest("wrong emoji specified")
        value = self._chance(sides)
        told = {"dice": {"emoji": emoji, "value": value}}
        content = Content(body=Words(text=f"{emoji} {value}"), told=told)
        return await self._speaker.say(call, await chat_of(call), content=content)


def _place(fields: Fields, text: str) -> Place:
    latitude, longitude = fields.real("latitude"), fields.real("longitude")
    if latitude is None or longitude is None:
        raise BadRequest("latitude and longitude must be specified")
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise BadRequest("wrong location specified")
    return Place(latitude=latitude, longitude=longitude, text=text)
