"""Files as contents of `m.room.message`: those that a service sends, and those that people send it. Pure.

spec: client-server-api#media-captions, client-server-api#extensions-to-mroommessage-msgtypes
"""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

MAX_NAME: Final = 200
"""Of what a file is called, in characters; the rest is cut off."""
MAX_CAPTION: Final = 4096
_LOCK: Final[Mapping[str, int]] = {"url": 255, "iv": 32}
"""The strings of an `EncryptedFile`, and how long they are at most."""
_KEY_CHARACTERS: Final = 64


class Attachment(Struct, frozen=True, kw_only=True):
    """A file and what is said with it: all that an app without eyes can tell of a picture, so it is never empty.

    `width` and `height` are those of a picture, in pixels.
    """

    name: str
    mimetype: str
    content: bytes
    caption: str
    width: int = 0
    height: int = 0

    def __repr__(self) -> str:
        return f"Attachment({self.mimetype}, {len(self.content)} bytes)"


class Attached(Struct, frozen=True, kw_only=True):
    """A file that somebody sent, as they tell of it: `name` and `size` are their word. `file`: what opens it."""

    name: str
    caption: str
    size: int
    file: dict[str, Any]


def content_with(attachment: Attachment, file: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content to send, in which `file` is the `EncryptedFile` of the attachment's bytes."""
    info: dict[str, Any] = {"mimetype": attachment.mimetype, "size": len(attachment.content)}
    if attachment.width and attachment.height:
        info |= {"w": attachment.width, "h": attachment.height}
    return {
        "msgtype": "m.image" if attachment.mimetype.startswith("image/") else "m.file",
        "body": attachment.caption,
        "filename": attachment.name,
        "info": info,
        "file": dict(file),
        "m.mentions": {},
    }


def attached(content: Mapping[str, Any]) -> Attached | None:
    """Return the file that a decrypted content brings; None if it brings none, or none that is locked as it should be.

    Anybody can send anything: nothing raises.
    """
    file = _file_of(content)
    if file is None:
        return None
    body, named = content.get("body"), content.get("filename")
    name = named if isinstance(named, str) and named else body if isinstance(body, str) else ""
    caption = body if isinstance(body, str) and isinstance(named, str) and body != named else ""
    info = content.get("info")
    size = info.get("size") if isinstance(info, Mapping) else None
    return Attached(
        name=name[:MAX_NAME],
        caption=caption[:MAX_CAPTION],
        size=size if isinstance(size, int) and not isinstance(size, bool) and 0 <= size < 2**53 else 0,
        file=file,
    )


def _file_of(content: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what is kept of an `EncryptedFile`: what opens it, and nothing else that somebody put there."""
    file = content.get("file")
    if not isinstance(file, Mapping) or file.get("v") != "v2":
        return None
    found = {name: file.get(name) for name in _LOCK}
    key, hashes = file.get("key"), file.get("hashes")
    secret = key.get("k") if isinstance(key, Mapping) else None
    digest = hashes.get("sha256") if isinstance(hashes, Mapping) else None
    if not all(isinstance(value, str) and len(value) <= _LOCK[name] for name, value in found.items()):
        return None
    if not all(isinstance(value, str) and len(value) <= _KEY_CHARACTERS for value in (secret, digest)):
        return None
    return {"v": "v2", **found, "key": {"k": secret}, "hashes": {"sha256": digest}}
