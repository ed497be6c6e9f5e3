"""Links and QR codes by which people come to a bot with words to say. Pure but for what the bot's line keeps."""

import secrets
from io import BytesIO
from typing import Final
from urllib.parse import quote

import segno
from msgspec import Struct, json

from amanat.gateway.bots.api import Line
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.ids import node_id

PATH: Final = "/whatsapp_business/qr"
MOST: Final = 200
MAX_MESSAGE: Final = 140
"""In characters, as at Meta."""
LENGTH: Final = 14
FORMATS: Final = {"png": b"image/png", "svg": b"image/svg+xml"}

_NAME: Final = "cloud_api.qr_codes"
_SIGNS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_PIXELS: Final = 8
_QUIET: Final = 4
"""Modules of white around it, which ISO/IEC 18004 asks for."""


class QrCode(Struct, frozen=True, kw_only=True):
    """One code: what people have in their field when they come by it."""

    code: str
    message: str


async def all_of(line: Line) -> list[QrCode]:
    """Return every code of a bot, the oldest first."""
    return _read(await line.setting(_NAME))


async def find(line: Line, code: str) -> QrCode:
    """Return a code; raises `GraphError` where there is none."""
    return _there(await all_of(line), code)


async def put(line: Line, wanted: QrCode, *, is_new: bool) -> None:
    """Keep a code, a new one or in the place of the one that has its name; raises where there is none, or too many."""

    def change(kept: bytes | None) -> bytes:
        codes = _read(kept)
        if not is_new:
            _there(codes, wanted.code)
            return json.encode([wanted if each.code == wanted.code else each for each in codes])
        if len(codes) >= MOST:
            raise GraphError(100, f"A phone may have {MOST} QR codes.")
        return json.encode([*codes, wanted])

    await line.change_setting(_NAME, change)


async def drop(line: Line, code: str) -> None:
    """Forget a code; raises where there is none."""

    def change(kept: bytes | None) -> bytes | None:
        codes = _read(kept)
        gone = _there(codes, code)
        left = [each for each in codes if each != gone]
        return json.encode(left) if left else None

    await line.change_setting(_NAME, change)


def make_code() -> str:
    """Return a new name, which nobody guesses."""
    return "".join(secrets.choice(_SIGNS) for _ in range(LENGTH))


def deep_link(app: str, username: str, *, message: str) -> str:
    """Return the link that brings the words along: they stand behind `#`, where no server sees them."""
    if not app:
        raise GraphError(3, "The bot's homeserver serves no app, so that there is no link to the bot.")
    return f"{app}/#/u/{quote(username, safe='')}?text={quote(message, safe='')}"


def image_url(base_url: str, qr: QrCode, *, number: int, kind: str) -> str:
    """Return where a code's picture lies: for whoever knows its name, since it is on posters."""
    return f"{base_url}{PATH}/{node_id('phone', number)}/{qr.code}.{kind}"


def picture(link: str, kind: str) -> bytes:
    """Return a link as a QR code of which 15% may be unreadable."""
    content = BytesIO()
    segno.make_qr(link, error="m", boost_error=False).save(content, kind=kind, scale=_PIXELS, border=_QUIET)
    return content.getvalue()


def _read(kept: bytes | None) -> list[QrCode]:
    return [] if kept is None else json.decode(kept, type=list[QrCode])


def _there(codes: list[QrCode], code: str) -> QrCode:
    for each in codes:
        if each.code == code:
            return each
    raise GraphError(100, "There is no QR code of this name.")
