"""Uploads that are resumed, kept as one row: what was announced, and which files hold what has come of it.

What comes in one request is a file of the bot's with the server, encrypted as any: so an upload that breaks off, or a
gateway that is killed, loses no more than the request that was under way.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Sequence
from typing import Final

from msgspec import Struct, json

from amanat.gateway.bots.api import KeptFile, Line

MOST: Final = 20
"""Of one bot; the oldest goes for a new one."""
MOST_PIECES: Final = 50
KEEPS_MS: Final = 24 * 3_600_000
PREFIX: Final = "upload:"
_NAME: Final = "cloud_api.uploads"
_HANDLE: Final = re.compile(r"4:([A-Za-z0-9_-]{1,40})", re.ASCII)


class Piece(Struct, frozen=True):
    """What came in one request, and the file that it lies in."""

    file: int
    size: int


class Upload(Struct, frozen=True, kw_only=True):
    """One upload. `file`: the whole, once it is there."""

    id: str
    name: str
    mimetype: str
    length: int
    ts: int
    pieces: tuple[Piece, ...] = ()
    file: int | None = None

    @property
    def offset(self) -> int:
        """How much has come."""
        return sum(piece.size for piece in self.pieces)


async def find(line: Line, upload_id: str, *, now_ms: int) -> Upload | None:
    """Return an upload that is not too old."""
    return next((each for each in await _all_of(line, now_ms=now_ms) if each.id == upload_id), None)


async def put(line: Line, upload: Upload, *, now_ms: int) -> None:
    """Keep an upload, in place of what was known of it."""
    others = [each for each in await _all_of(line, now_ms=now_ms) if each.id != upload.id]
    await line.keep_setting(_NAME, json.encode([*others[-(MOST - 1) :], upload]))


def handle_of(file: int) -> str:
    """Return what a file is named by in templates and profiles: in Meta's form, as libraries look for it."""
    return f"4:{urlsafe_b64encode(str(file).encode()).decode().rstrip('=')}"


async def file_of(line: Line, handle: str) -> KeptFile | None:
    """Return the file of a handle; None for what is none of the bot's, or gone."""
    found = _HANDLE.fullmatch(handle)
    try:
        digits = urlsafe_b64decode(found[1] + "=" * (-len(found[1]) % 4)).decode() if found else ""
    except (Error, ValueError):
        return None
    return await line.file(int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None


async def _all_of(line: Line, *, now_ms: int) -> Sequence[Upload]:
    kept = await line.setting(_NAME)
    uploads = [] if kept is None else json.decode(kept, type=list[Upload])
    return [each for each in uploads if each.ts > now_ms - KEEPS_MS]
