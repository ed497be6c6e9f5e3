"""What sending to a room needs, in memory: its state but for the members, and its newest event."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from amanat.core import events
from amanat.core.events import Event
from amanat.core.power_levels import PowerLevels, creators_of, parse
from amanat.core.room_versions import ROOM_VERSIONS, RoomVersion
from amanat.db.memory import Memory
from amanat.db.query import Reader
from amanat.store.rooms import CURRENT_STATE, HEADS_OF_ROOMS, ROOM_BY_ID, HeadRow, RoomRow

MAX_ROOMS = 20_000
"""Rooms kept in memory: some 5 KB each with ordinary state, so at most about 100 MB."""

StateMap = dict[tuple[str, str], Event]


class Room(Struct, frozen=True):
    """A room as authorisation sees it. `state` is all current state but the members, never changed in place."""

    row: RoomRow
    version: RoomVersion
    state: StateMap
    power_levels: PowerLevels

    @property
    def encrypted(self) -> bool:
        """Whether the gate stands before this room."""
        return ("m.room.encryption", "") in self.state

    def content(self, event_type: str, state_key: str = "") -> dict[str, Any]:
        """Return the content of a state event; empty if there is none."""
        event = self.state.get((event_type, state_key))
        return event.content if event is not None else {}


class Head(Struct, frozen=True):
    """A room's newest event; where its newest event in a thread stands, and its newest that mentions anybody."""

    event_id: str
    position: int
    depth: int
    main_notifying: int
    thread_position: int
    highlight_position: int


def room_of(row: RoomRow, state: StateMap) -> Room:
    """Put a room together from its row and its state."""
    version = ROOM_VERSIONS[row.version]
    create = state["m.room.create", ""]
    levels = state.get(("m.room.power_levels", ""))
    return Room(
        row=row,
        version=version,
        state=state,
        power_levels=parse(levels.content if levels else None, version=version, creators=creators_of(create, version)),
    )


def rooms(reader: Reader) -> Memory[str, Room]:
    """Make the memory of rooms."""

    async def load(room_id: str) -> Room | None:
        row = await reader.first(ROOM_BY_ID, room_id=room_id)
        if row is None:
            return None
        state = [events.read(found.json) for found in await reader.all(CURRENT_STATE, room_id=room_id)]
        return room_of(row, {(event.type, event.state_key or ""): event for event in state})

    return Memory("rooms", load, max_entries=MAX_ROOMS)


def heads(reader: Reader) -> Memory[str, Head]:
    """Make the memory of rooms' newest events."""

    async def load_many(room_ids: Sequence[str]) -> dict[str, Head]:
        rows = await reader.all(HEADS_OF_ROOMS, room_ids=room_ids)
        return {row.room_id: _head_of(row) for row in rows}

    async def load(room_id: str) -> Head | None:
        return (await load_many([room_id])).get(room_id)

    return Memory("heads", load, max_entries=MAX_ROOMS, load_many=load_many)


def _head_of(row: HeadRow) -> Head:
    return Head(
        event_id=row.event_id,
        position=row.position,
        depth=row.depth,
        main_notifying=row.main_notifying,
        thread_position=row.thread_position,
        highlight_position=row.highlight_position,
    )
