"""How somebody stands in a group, and what they may do there. Pure data."""

from typing import Literal

from msgspec import Struct

Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]
"""`restricted`: in the group, and may not write. `kicked`: banned; `left`: neither in nor banned, invited perhaps."""


class Rights(Struct, frozen=True, kw_only=True):
    """What somebody may do in a group, by its power levels."""

    say: bool = False
    change: bool = False
    """Its name and what it is about."""
    delete: bool = False
    put_out: bool = False
    invite: bool = False
    pin: bool = False
    promote: bool = False


class Stance(Struct, frozen=True):
    """How somebody stands, and what they may do there."""

    status: Status
    rights: Rights
