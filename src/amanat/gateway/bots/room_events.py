"""An event of a room as a bot's parts hear it. Pure data."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

MESSAGE: Final = "m.room.message"
MEMBER: Final = "m.room.member"
LEVELS: Final = "m.room.power_levels"
NAME: Final = "m.room.name"


class Event(Struct, frozen=True, kw_only=True):
    """An event of a room, opened. `before`: what somebody was in the room who is something else now.

    `replaced`: the power levels until then.
    """

    room_id: str
    event_id: str
    sender: str
    ts: int
    type: str
    content: Mapping[str, Any]
    state_key: str | None = None
    before: str | None = None
    replaced: Mapping[str, Any] | None = None
