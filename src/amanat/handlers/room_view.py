"""A room as the authorisation rules see it inside a unit of work."""

from typing import Any

import msgspec

from amanat.core.events import Event
from amanat.core.power_levels import PowerLevels
from amanat.core.room_versions import RoomVersion
from amanat.db.memory import Memory
from amanat.db.tx import Tx
from amanat.store.membership_memory import Membership, Memberships
from amanat.store.room_memory import Room
from amanat.store.rooms import MEMBERS, MemberRow


class RoomView:
    """The current state of a room. Of a member it tells what the rules ask: which membership, by which event.

    That comes from memory where the person's memberships are there, else from their row; the unit declares either.
    """

    __slots__ = ("_memberships", "_room", "_tx")

    def __init__(self, tx: Tx, room: Room, *, memberships: Memory[str, Memberships]) -> None:
        self._tx = tx
        self._room = room
        self._memberships = memberships

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
        known = self._tx.peek(self._memberships, state_key)
        if known is not None:
            held = known.get(self._room.row.room_id)
            return None if held is None else self._member(state_key, held)
        row = self._tx.get(MEMBERS, self._room.row.room_id, state_key)
        return None if row is None else member_event(row)

    def _member(self, user_id: str, held: Membership) -> Event:
        return Event(
            event_id=held.event_id,
            room_id=self._room.row.room_id,
            type="m.room.member",
            sender=user_id,
            content={"membership": held.membership},
            origin_server_ts=0,
            state_key=user_id,
        )


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
