"""Files that a service sends, as contents of `m.room.message`. Pure.

spec: client-server-api#media-captions, client-server-api#extensions-to-mroommessage-msgtypes
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class Attachment(Struct, frozen=True, kw_only=True):
    """A file and what is said with it: all that an app without eyes can tell of a picture, so it is never empty.

    `side`: of a picture, in pixels, which is square; 0 for what is no picture.
    """

    name: str
    mimetype: str
    content: bytes
    caption: str
    side: int = 0


def content_with(attachment: Attachment, file: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content to send, in which `file` is the `EncryptedFile` of the attachment's bytes."""
    info: dict[str, Any] = {"mimetype": attachment.mimetype, "size": len(attachment.content)}
    if attachment.side:
        info |= {"w": attachment.side, "h": attachment.side}
    return {
        "msgtype": "m.image" if attachment.side else "m.file",
        "body": attachment.caption,
        "filename": attachment.name,
        "info": info,
        "file": dict(file),
        "m.mentions": {},
    }
