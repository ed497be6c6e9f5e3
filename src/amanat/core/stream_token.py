"""Sync tokens: where a client stands in each stream. `v1.<epoch>.<room position>.<user position>`.

The epoch changes when a backup is restored: positions of another epoch mean nothing. Typing and presence have no place
in a token.
"""

import re

from msgspec import Struct

from amanat.core.errors import InvalidParam

_FORM = re.compile(r"v1\.([0-9a-z]{1,16})\.([0-9]{1,16})\.([0-9]{1,16})")


class StreamToken(Struct, frozen=True):
    """Everything up to `room` in the room stream and `user` in the user stream has been seen."""

    epoch: str
    room: int
    user: int

    def __str__(self) -> str:
        return f"v1.{self.epoch}.{self.room}.{self.user}"


def parse(token: str) -> StreamToken:
    """Read a token that a client sends back; raises `InvalidParam`."""
    match = _FORM.fullmatch(token)
    if match is None:
        raise InvalidParam("This is not a token that this server has given.")
    return StreamToken(match[1], int(match[2]), int(match[3]))
