"""The files of calls: sent along, known already, or fetched from an address."""

import mimetypes
from collections.abc import Mapping
from io import BytesIO
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from PIL import Image, UnidentifiedImageError

from amanat.gateway.bots.api import Line
from amanat.gateway.bots.model import Media, MediaKind, Words
from amanat.gateway.spooling import Content, Spool
from amanat.gateway.telegram_bot_api.errors import BadRequest, TooLargeRequest
from amanat.gateway.telegram_bot_api.fields import Fields, Upload
from amanat.gateway.telegram_bot_api.file_ids import number_of
from amanat.gateway.telegram_bot_api.reading import MAX_UPLOAD
from amanat.outbound.http import HttpAnswer, Unreachable

MAX_PHOTO: Final = 10 * 1024 * 1024
MAX_FETCHED: Final = 20 * 1024 * 1024
"""In bytes; source: core.telegram.org/bots/api#sending-files."""

_PICTURES: Final = ("picture", "sticker", "animation")
_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP")
_ENDINGS: Final[Mapping[MediaKind, str]] = {
    "picture": ".jpg",
    "video": ".mp4",
    "voice": ".ogg",
    "audio": ".mp3",
    "sticker": ".webp",
    "animation": ".gif",
    "file": ".bin",
}
_MIMETYPES: Final[Mapping[str, str]] = {
    ".jpg": "image/jpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".mp3": "audio/mpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".bin": "application/octet-stream",
}
_UNTOLD: Final = ("", "application/octet-stream")


class Fetches(Protocol):
    """Asks other servers, and none of our own network; `HttpClient` is one."""

    async def ask(self, method: str, url: str, *, headers: Mapping[str, str], most: int) -> HttpAnswer:
        """Make one request; raises `Unreachable`. An answer of more than `most` bytes is none."""
        ...


class Wanted(Struct, frozen=True):
    """A file as a call names it: the kind that it is sent as, and the field where it is."""

    kind: MediaKind
    field: str
    what: str
    """What Telegram calls it in its refusals."""


class Uploads:
    """Turns what calls name into files that the bot has left with the server."""

    def __init__(self, fetches: Fetches) -> None:
        self._fetches = fetches

    async def media(self, line: Line, fields: Fields, *, wanted: Wanted, caption: Words) -> Media:
        """Return the file that a call wants to be sent; raises `BadRequest`."""
        upload = await self._upload(fields, wanted)
        if upload is None:
            return await _known(line, fields, wanted=wanted, caption=caption)
        if len(upload.content) > (MAX_PHOTO if wanted.kind == "picture" else MAX_UPLOAD):
            raise TooLargeRequest
        name, mimetype = _named(upload, wanted.kind)
        width, height = _sides(upload.content) if wanted.kind in _PICTURES else (0, 0)
        if wanted.kind == "picture" and not width:
            raise BadRequest("IMAGE_PROCESS_FAILED")
        number = await line.keep_file(upload.content, name=name, mimetype=mimetype)
        return Media(
            kind=wanted.kind,
            file=number,
            name=name,
            mimetype=mimetype,
            size=len(upload.content),
            caption=caption,
            width=width or _told(fields, "width"),
            height=height or _told(fields, "height"),
            duration_ms=1000 * _told(fields, "duration"),
        )

    async def _upload(self, fields: Fields, wanted: Wanted) -> Upload | None:
        """Return the bytes of a file; None where the call names one that is known already."""
        if wanted.field in fields.files:
            return _filled(fields.files[wanted.field])
        named = fields.required_text(wanted.field, f"there is no {wanted.what} in the request")
        if named.startswith("attach://"):
            part = fields.files.get(named.removeprefix("attach://"))
            if part is None:
                raise BadRequest(f"there is no {wanted.what} in the request")
            return _filled(part)
        if named.lower().startswith(("http://", "https://")):
            return await self._fetched(named)
        return None

    async def _fetched(self, url: str) -> Upload:
        try:
            answer = await self._fetches.ask("GET", url, headers={}, most=MAX_FETCHED)
        except Unreachable:
            raise BadRequest("failed to get HTTP URL content") from None
        if not answer.is_good or not answer.body:
            raise BadRequest("wrong file identifier/HTTP URL specified")
        mimetype = answer.content_type.partition(";")[0].strip().lower()
        return Upload(name=unquote(urlsplit(url).path.rpartition("/")[2])[:255], mimetype=mimetype, content=answer.body)


async def _known(line: Line, fields: Fields, *, wanted: Wanted, caption: Words) -> Media:
    number = number_of(fields.text(wanted.field))
    kept = None if number is None else await line.file(number)
    if kept is None:
        raise BadRequest("wrong file identifier/HTTP URL specified")
    return Media(
        kind=wanted.kind,
        file=kept.number,
        name=kept.name,
        mimetype=kept.mimetype,
        size=kept.size,
        caption=caption,
        width=_told(fields, "width"),
        height=_told(fields, "height"),
        duration_ms=1000 * _told(fields, "duration"),
    )


def _filled(upload: Upload) -> Upload:
    if not upload.content:
        raise BadRequest("file must be non-empty")
    return upload


def _named(upload: Upload, kind: MediaKind) -> tuple[str, str]:
    """Return a file's name and type; where nobody told them, what its kind and its name are worth."""
    name = upload.name.replace("\\", "/").rpartition("/")[2].strip()[:255] or f"file{_ENDINGS[kind]}"
    if upload.mimetype not in _UNTOLD:
        return name, upload.mimetype
    return name, mimetypes.guess_type(name)[0] or _MIMETYPES[_ENDINGS[kind]]


def _sides(content: Content) -> tuple[int, int]:
    """Return a picture's width and height from its head; nothing of it is decoded. Zeros where it is none."""
    try:
        # A spool's file is not the picture's: it stays open.
        file = content.reader() if isinstance(content, Spool) else BytesIO(content)
        return Image.open(file, formats=_FORMATS).size
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        return 0, 0


def _told(fields: Fields, name: str) -> int:
    """Return a number that is worth nothing where it is none that can be."""
    return min(max(fields.number(name) or 0, 0), 2**31)
