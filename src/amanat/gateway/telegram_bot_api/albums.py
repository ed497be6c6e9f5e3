"""Files as nested objects name them: one that takes the place of another, or several that are sent together."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from amanat.gateway.bots.model import Media
from amanat.gateway.telegram_bot_api.calls import Call, chat_of, method
from amanat.gateway.telegram_bot_api.entities import Formatted
from amanat.gateway.telegram_bot_api.errors import BadRequest
from amanat.gateway.telegram_bot_api.fields import Fields
from amanat.gateway.telegram_bot_api.objects import Object
from amanat.gateway.telegram_bot_api.speaking import Content, Speaker
from amanat.gateway.telegram_bot_api.texts import caption_of, words
from amanat.gateway.telegram_bot_api.uploads import Uploads, Wanted

_KINDS: Final[Mapping[str, Wanted]] = {
    "photo": Wanted("picture", "media", "photo"),
    "video": Wanted("video", "media", "video"),
    "audio": Wanted("audio", "media", "audio"),
    "document": Wanted("file", "media", "document"),
    "animation": Wanted("animation", "media", "animation"),
}
_REFUSAL: Final = "can't parse InputMedia JSON object"
_FEWEST, _MOST = 2, 10


class Shown(Struct, frozen=True):
    """A file, and what is said with it."""

    media: Media
    caption: Formatted


class Albums:
    """Sends files together."""

    def __init__(self, speaker: Speaker, uploads: Uploads) -> None:
        self._speaker = speaker
        self._uploads = uploads

    async def shown(self, call: Call, item: Any) -> Shown:
        """Return the file that an `InputMedia` names."""
        if not isinstance(item, Mapping):
            raise BadRequest(_REFUSAL)
        fields = Fields(item, call.fields.files)
        wanted = _KINDS.get(fields.text("type"))
        if wanted is None:
            raise BadRequest(f"{_REFUSAL}: type must be one of {', '.join(_KINDS)}")
        caption = caption_of(fields)
        return Shown(await self._uploads.media(call.line, fields, wanted=wanted, caption=words(caption)), caption)

    @method("sendMediaGroup")
    async def send_media_group(self, call: Call) -> list[Object]:
        """Send several files. People see them one below the other: Matrix has no albums."""
        chat = await chat_of(call)
        items = call.fields.items("media", _REFUSAL) or []
        if not _FEWEST <= len(items) <= _MOST:
            raise BadRequest(f"media group must include {_FEWEST}-{_MOST} items")
        shown = [await self.shown(call, item) for item in items]
        group = {"media_group_id": str(shown[0].media.file)}
        contents = [Content(body=each.media, entities=each.caption.entities, told=group) for each in shown]
        return await self._speaker.say_all(call, chat, contents=contents)
