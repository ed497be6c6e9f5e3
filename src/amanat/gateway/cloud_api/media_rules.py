"""Of what type and how large a file may be, by what it is sent as. Pure.

Source: developers.facebook.com, "Supported media types". Of voice and sound more is taken than Meta takes.
"""

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from amanat.gateway.bots.model import MediaKind
from amanat.gateway.cloud_api.composing import MediaRef, MediaType
from amanat.gateway.cloud_api.errors import GraphError

MB: Final = 1_000_000
LARGEST: Final = 100 * MB
_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,99}/[a-z0-9][a-z0-9!#$&^_.+-]{0,99}", re.ASCII)


class Rule(Struct, frozen=True):
    """What is taken: types, all of a family where one ends with a slash, and the most bytes."""

    types: tuple[str, ...]
    most: int


RULES: Final[Mapping[MediaType, Rule]] = {
    "image": Rule(("image/jpeg", "image/png"), 5 * MB),
    "video": Rule(("video/mp4", "video/3gpp"), 16 * MB),
    "audio": Rule(("audio/", "video/webm"), 16 * MB),
    "document": Rule(("",), LARGEST),
    "sticker": Rule(("image/webp",), 500_000),
}
_KINDS: Final[Mapping[MediaType, MediaKind]] = {
    "image": "picture",
    "video": "video",
    "audio": "audio",
    "document": "file",
    "sticker": "sticker",
}
_ENDINGS: Final[Mapping[str, str]] = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "video/mp4": ".mp4",
    "video/3gpp": ".3gp",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "audio/mp4": ".m4a",
    "audio/aac": ".aac",
    "audio/amr": ".amr",
    "audio/webm": ".webm",
    "application/pdf": ".pdf",
}


def check(kind: MediaType, *, mimetype: str, size: int) -> None:
    """Refuse a file that cannot be sent as what it is to be."""
    rule = RULES[kind]
    if not any(mimetype == each or (mimetype.startswith(each) and each[-1:] in ("", "/")) for each in rule.types):
        raise GraphError(131053, f"A file of type {mimetype} cannot be sent as {kind}.")
    if not 0 < size <= rule.most:
        raise GraphError(131053, f"A file of {size} bytes cannot be sent as {kind}: {rule.most} is the most.")


def media_kind(ref: MediaRef) -> MediaKind:
    """Return what a file is in a chat."""
    return "voice" if ref.type == "audio" and ref.is_voice else _KINDS[ref.type]


def mimetype_of(header: str) -> str:
    """Return the type that a header names, without its parameters."""
    named = header.partition(";")[0].strip().lower()
    return named if _TYPE.fullmatch(named) else "application/octet-stream"


def file_name(ref: MediaRef, *, mimetype: str, known: str = "") -> str:
    """Return what a file is called: as the bot says, as it is known, or by what it is."""
    last = ref.link.partition("?")[0].rpartition("/")[2] if ref.link else ""
    named = ref.filename or known or last or f"{ref.type}{_ENDINGS.get(mimetype, '')}"
    return named[:255]
