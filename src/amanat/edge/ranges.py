"""Which bytes of a body a client asks for. Pure; RFC 9110, section 14."""

import re
from typing import Final

from msgspec import Struct

_ONE_RANGE: Final = re.compile(r"bytes[ \t]*=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", re.ASCII | re.IGNORECASE)


class ByteRange(Struct, frozen=True):
    """The bytes from `start` up to but not including `end`."""

    start: int
    end: int


class Unsatisfiable(Exception):
    """None of the bytes asked for exist."""


def requested(header: str | None, *, size: int) -> ByteRange | None:
    """Return the part that a Range header asks for; `None` for the whole; raises `Unsatisfiable`.

    A header that is malformed, in other units or of several ranges is passed over, as a server may.
    """
    found = None if header is None else _ONE_RANGE.fullmatch(header)
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        return _last(int(found[2]), size=size)
    start = int(found[1])
    if found[2] and int(found[2]) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return ByteRange(start, min(int(found[2]) + 1, size) if found[2] else size)


def _last(count: int, *, size: int) -> ByteRange:
    if count == 0 or size == 0:
        raise Unsatisfiable
    return ByteRange(max(size - count, 0), size)
