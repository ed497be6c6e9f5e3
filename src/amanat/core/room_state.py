"""What the rules ask of a room's state; whoever holds the state in memory fills it."""

from typing import Protocol

from amanat.core.events import Event
from amanat.core.power_levels import PowerLevels
from amanat.core.room_versions import RoomVersion


class RoomState(Protocol):
    """The state of one room at one time."""

    @property
    def version(self) -> RoomVersion: ...

    @property
    def power_levels(self) -> PowerLevels:
        """Parsed once per power-levels event: every send asks for it."""
        ...

    def get(self, event_type: str, state_key: str = "", /) -> Event | None:
        """Return the current state event of that type and key."""
        ...
