"""A room as the authorisation rules see it inside a unit of work."""

from typing import Any

import msgspec

from amanat.core.events import Event
from amanat.core.power_levels import PowerLevels
from amanat.core.room_versions import RoomVersion
from amanat.db.tx import Tx
from amanat.store.room_memory import Room
from amanat.store.rooms import MEMBERS, MemberRow


class RoomView:
    """The current state of a room; a member's event is read from its row, which the unit must have declared."""

    __slots__ = ("_members", "_room", "_tx")

    def __init__(self, tx: Tx, room: Room) -> None:
        self._tx = tx
        self._room = room
        self._members: dict[str, Event | None] = {}

    @property
    def version(self) -> RoomVersion:
        return self._room.version

    @property
    def power_levels(self) -> PowerLevels:
        return self._room.power_levels

    def get(self, event_type: str, state_key: str = "", /) -> Event | None:
        """Return the current state event of that type and key."""
        if event_type != "m.room.member":
            return self._room.state.get((event_type, state_key))
        if state_key not in self._members:
            row = self._tx.get(MEMBERS, self._room.row.room_id, state_key)
            self._members[state_key] = None if row is None else member_event(row)
        return self._members[state_key]


def member_event(row: MemberRow) -> Event:
    """Return a member's row as the event it was made of."""
    content: dict[str, Any] = msgspec.json.decode(row.content)
    return Event(
        event_id=row.event_id,
        room_id=row.room_id,
        type="m.room.member",
        sender=row.sender,
        content=content,
        origin_server_ts=row.ts,
        state_key=row.user_id,
    )
