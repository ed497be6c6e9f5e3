"""Sync tokens: where a client stands in each stream. `v1.<epoch>.<room position>.<user position>`.

The epoch changes when a backup is restored: positions of another epoch mean nothing. Typing and presence have no
position; an answer that holds nothing else has a `.<turn>` behind its token, since clients take two equal tokens for
one answer (matrix-nio drops the second).
"""

import re

from msgspec import Struct
from msgspec.structs import replace

from amanat.core.errors import InvalidParam

_FORM = re.compile(r"v1\.([0-9a-z]{1,16})\.([0-9]{1,16})\.([0-9]{1,16})(?:\.([0-9]{1,16}))?")


class StreamToken(Struct, frozen=True):
    """Everything up to `room` in the room stream and `user` in the user stream has been seen."""

    epoch: str
    room: int
    user: int
    turn: int = 0

    def __str__(self) -> str:
        turn = f".{self.turn}" if self.turn else ""
        return f"v1.{self.epoch}.{self.room}.{self.user}{turn}"

    def after(self, since: "StreamToken | None") -> "StreamToken":
        """Return this place as an answer to `since` names it, if the answer holds something."""
        if since is None or since.room != self.room or since.user != self.user or since.epoch != self.epoch:
            return self
        return replace(self, turn=since.turn + 1)


def parse(token: str) -> StreamToken:
    """Read a token that a client sends back; raises `InvalidParam`."""
    match = _FORM.fullmatch(token)
    if match is None:
        raise InvalidParam("This is not a token that this server has given.")
    return StreamToken(match[1], int(match[2]), int(match[3]), int(match[4] or 0))
