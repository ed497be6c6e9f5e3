"""The picture of a ticket: a QR code that a phone's screen shows and a desk's camera reads. Pure.

It takes some 20 ms of work, most of it to find the mask that is read best, so it is made outside of any unit.
"""

from io import BytesIO
from typing import Final

import segno
from msgspec import Struct

PIXELS: Final = 8
"""To a module's side: a ticket is then about 500 pixels wide, as a chat shows it on a phone without enlarging it."""
QUIET: Final = 4
"""Modules of white around it, which ISO/IEC 18004 asks for: a chat's own ground may be dark."""


class Picture(Struct, frozen=True):
    """A PNG, and how many pixels its side has."""

    png: bytes
    side: int


def qr_picture(text: str) -> Picture:
    """Return a text as a QR code of which 15% may be unreadable."""
    code = segno.make_qr(text, error="m", boost_error=False)
    content = BytesIO()
    code.save(content, kind="png", scale=PIXELS, border=QUIET)
    side, _ = code.symbol_size(scale=PIXELS, border=QUIET)
    return Picture(content.getvalue(), int(side))
