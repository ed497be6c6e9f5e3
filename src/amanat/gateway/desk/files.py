"""Files in chats: what is kept of one, and what a browser may show of it in place. Pure.

What somebody says that a file is does not count: only its own first bytes do. What they do not tell is a download.
"""

from typing import Any, Final

from msgspec import Struct, json

from amanat.core.media import BINARY
from amanat.gateway.desk.tables import LineRow

MAX_BYTES: Final = 20 * 1024 * 1024
"""Of a file that the staff open or send: it stands in the gateway's memory twice."""

_SIGNS: Final = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf2", "audio/mpeg"),
)
_RIFF: Final = frozenset({"image/webp", "audio/wav"})
_FILMS: Final = frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"M4V "})
_FIRST: Final = 64


class KeptFile(Struct, frozen=True, kw_only=True):
    """A file of a line: `name` and `size` as its sender told them, `file` an `EncryptedFile`."""

    name: str
    size: int
    file: dict[str, Any]

    def __repr__(self) -> str:
        return f"KeptFile({self.size} bytes)"


_DECODER: Final = json.Decoder(KeptFile)


def kept_of(row: LineRow) -> KeptFile | None:
    """Return the file that a line brought."""
    return None if row.file is None else _DECODER.decode(row.file)


def shown_as(content: bytes, *, kind: str) -> str:
    """Return as what a browser may show a file in place, or that it is bytes without a meaning.

    Pictures, sound and films: nothing that runs, and nothing that is text. `kind` tells sound from a film where both
    begin alike.
    """
    for place, sign, mimetype in _SIGNS:
        if content.startswith(sign, place) and (mimetype not in _RIFF or content.startswith(b"RIFF")):
            return mimetype
    medium = "audio" if kind == "voice" else "video"
    if content.startswith(b"ftyp", 4):
        brand = content[8:12]
        return "audio/mp4" if brand == b"M4A " else f"{medium}/mp4" if brand in _FILMS else BINARY
    is_webm = content.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in content[:_FIRST]
    return f"{medium}/webm" if is_webm else BINARY
