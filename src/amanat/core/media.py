"""Names of media, and what may stand in their headers. Pure; spec: client-server-api#content-repository."""

import re
from typing import Any, Final
from urllib.parse import quote

from amanat.core.errors import InvalidParam
from amanat.core.identifiers import MEDIA_KEY, server_of

BINARY: Final = "application/octet-stream"
MAX_FILE_NAME_BYTES: Final = 1024
"""More than any file system gives a file: NTFS has 255 UTF-16 units, up to 765 bytes."""
MAX_CONTENT_TYPE_BYTES: Final = 255
MAX_REFERENCES: Final = 100
"""Media that one event may name with effect; as many as the gate lets through."""

INLINE: Final = frozenset(
    {
        "text/css",
        "text/plain",
        "text/csv",
        "application/json",
        "application/ld+json",
        "image/jpeg",
        "image/gif",
        "image/png",
        "image/apng",
        "image/webp",
        "image/avif",
        "video/mp4",
        "video/webm",
        "video/ogg",
        "video/quicktime",
        "audio/mp4",
        "audio/webm",
        "audio/aac",
        "audio/mpeg",
        "audio/ogg",
        "audio/wave",
        "audio/wav",
        "audio/x-wav",
        "audio/x-pn-wav",
        "audio/flac",
        "audio/x-flac",
    }
)
"""What a browser may show in place. spec: client-server-api#serving-inline-content."""

_MEDIA_ID = re.compile(r"[A-Za-z0-9_-]{1,200}")
_WORD = r"[A-Za-z0-9!#$&^_.+-]{1,127}"
# No comma anywhere: browsers read a header of several types as the last of them, whatever the first one allowed.
_CONTENT_TYPE = re.compile(rf'({_WORD}/{_WORD})((?:[ \t]*;[ \t]*{_WORD}=(?:{_WORD}|"[ !#-+\--\[\]-~]*"))*)')
_PLAIN_FILE_NAME = re.compile(r"[A-Za-z0-9 !#$&'()+,.=@^_`{}~-]+")
_CLEAR_WITH_MEDIA: Final = frozenset({"m.room.message", "m.sticker", "m.room.avatar"})


def mxc(server_name: str, media_id: str) -> str:
    """Return the address of media in events."""
    return f"mxc://{server_name}/{media_id}"


def is_media_id(media_id: str) -> bool:
    """Whether it can be one at all. spec: client-server-api#matrix-content-mxc-uris."""
    return _MEDIA_ID.fullmatch(media_id) is not None


def local_id(uri: Any, *, server_name: str) -> str | None:
    """Return the id of media of our own that a client's value names; `None` if it names none."""
    prefix = f"mxc://{server_name}/"
    if not isinstance(uri, str) or not uri.startswith(prefix):
        return None
    media_id = uri[len(prefix) :]
    return media_id if is_media_id(media_id) else None


def references(event_type: str, content: dict[str, Any], *, sender: str) -> list[str]:
    """Return the ids of our media that an event shows: what its sender declares, and what stands in it in clear."""
    named: list[Any] = []
    declared = content.get(MEDIA_KEY)
    if isinstance(declared, list):
        named += declared[:MAX_REFERENCES]
    if event_type in _CLEAR_WITH_MEDIA:
        info = content.get("info")
        named += [content.get("url"), info.get("thumbnail_url") if isinstance(info, dict) else None]
    server_name = server_of(sender)
    return list(dict.fromkeys(found for uri in named if (found := local_id(uri, server_name=server_name)) is not None))


def content_type(declared: str | None) -> str:
    """Return a content type that is safe in a header; what is none becomes bytes without a meaning."""
    declared = (declared or "").strip()
    found = _CONTENT_TYPE.fullmatch(declared) if len(declared) <= MAX_CONTENT_TYPE_BYTES else None
    return BINARY if found is None else found[1].lower() + found[2]


def essence(stored_type: str) -> str:
    """Return a content type without its parameters."""
    return stored_type.partition(";")[0].strip().lower()


def file_name(given: str | None) -> str | None:
    """Return the name of an uploaded file; raises InvalidParam if no file can be called so."""
    if not given:
        return None
    if len(given.encode("utf-8", "surrogatepass")) > MAX_FILE_NAME_BYTES:
        raise InvalidParam(f"A file name has at most {MAX_FILE_NAME_BYTES} bytes.")
    if any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 or 0xD800 <= ord(char) < 0xE000 for char in given):
        raise InvalidParam("A file name has no control characters.")
    return given


def disposition(stored_type: str, name: str | None) -> str:
    """Return the Content-Disposition: shown in place only if it cannot run anything, and under its own name."""
    kind = "inline" if essence(stored_type) in INLINE else "attachment"
    if name is None:
        return kind
    if _PLAIN_FILE_NAME.fullmatch(name):
        return f'{kind}; filename="{name}"'
    # Nothing is left that could end the value or begin another: RFC 8187 encodes all but letters, digits and -._~
    return f"{kind}; filename*=utf-8''{quote(name, safe='')}"
