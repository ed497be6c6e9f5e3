"""What sending to a room needs, in memory: its state but for the members, and its newest event."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from amanat.core import events
from amanat.core.events import Event
from amanat.core.power_levels import PowerLevels, creators_of, parse
from amanat.core.room_versions import ROOM_VERSIONS, RoomVersion
from amanat.db.memory import Memory
from amanat.db.query import Reader
from amanat.store.rooms import CURRENT_STATE, HEADS_OF_ROOMS, ROOM_BY_ID, HeadRow, RoomRow

MAX_BYTES = 128 * 1024 * 1024
"""For 13,000 rooms with ordinary state, which counts some 10 KB."""
MAX_HEADS_BYTES = 16 * 1024 * 1024
"""For the heads of 35,000 rooms."""
_ROOM_BYTES = 1500
_HEAD_BYTES = 450
_EVENT_BYTES = 600
_BYTES_PER_BYTE_OF_JSON = 8
"""What a small value takes as an object, beside itself as JSON."""

_LEVELS = ("m.room.power_levels", "m.room.create")

StateMap = dict[tuple[str, str], Event]


class Room(Struct, frozen=True):
    """A room as authorisation sees it. `state` is all current state but the members, never changed in place.

    `size` is about what it takes in memory.
    """

    row: RoomRow
    version: RoomVersion
    state: StateMap
    power_levels: PowerLevels
    size: int

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
    return Room(
        row=row,
        version=ROOM_VERSIONS[row.version],
        state=state,
        power_levels=_levels_of(state, ROOM_VERSIONS[row.version]),
        size=_ROOM_BYTES + sum(map(_size_of, state.values())),
    )


def changed(room: Room, event: Event) -> Room:
    """Return the room with an event in its state that takes the place of another, or of none."""
    key = (event.type, event.state_key or "")
    state = {**room.state, key: event}
    before = room.state.get(key)
    return replace(
        room,
        state=state,
        power_levels=_levels_of(state, room.version) if event.type in _LEVELS else room.power_levels,
        size=room.size + _size_of(event) - (_size_of(before) if before is not None else 0),
    )


def _levels_of(state: StateMap, version: RoomVersion) -> PowerLevels:
    levels = state.get(("m.room.power_levels", ""))
    creators = creators_of(state["m.room.create", ""], version)
    return parse(levels.content if levels else None, version=version, creators=creators)


def _size_of(event: Event) -> int:
    return _EVENT_BYTES + _BYTES_PER_BYTE_OF_JSON * len(msgspec.json.encode(event.content))


def rooms(reader: Reader) -> Memory[str, Room]:
    """Make the memory of rooms."""

    async def load(room_id: str) -> Room | None:
        row = await reader.first(ROOM_BY_ID, room_id=room_id)
        if row is None:
            return None
        state = [events.read(found.json) for found in await reader.all(CURRENT_STATE, room_id=room_id)]
        return room_of(row, {(event.type, event.state_key or ""): event for event in state})

    return Memory("rooms", load, size=lambda room: room.size, max_bytes=MAX_BYTES)


def heads(reader: Reader) -> Memory[str, Head]:
    """Make the memory of rooms' newest events."""

    async def load_many(room_ids: Sequence[str]) -> dict[str, Head]:
        rows = await reader.all(HEADS_OF_ROOMS, room_ids=room_ids)
        return {row.room_id: _head_of(row) for row in rows}

    async def load(room_id: str) -> Head | None:
        return (await load_many([room_id])).get(room_id)

    return Memory("heads", load, size=lambda _: _HEAD_BYTES, max_bytes=MAX_HEADS_BYTES, load_many=load_many)


def _head_of(row: HeadRow) -> Head:
    return Head(
        event_id=row.event_id,
        position=row.position,
        depth=row.depth,
        main_notifying=row.main_notifying,
        thread_position=row.thread_position,
        highlight_position=row.highlight_position,
    )
