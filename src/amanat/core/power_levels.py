"""Who may do what in a room, as its power levels say. Spec: client-server-api#mroompower_levels."""

from typing import Any

from msgspec import Struct

from amanat.core.canonical_json import MAX_INTEGER
from amanat.core.events import Event
from amanat.core.room_versions import RoomVersion

CREATOR_LEVEL = MAX_INTEGER + 1
"""Above every level that an event can hold: the infinity of rooms/v12#authorisation-rules."""

DEFAULTS: dict[str, int] = {
    "users_default": 0,
    "events_default": 0,
    "state_default": 50,
    "invite": 0,
    "kick": 50,
    "ban": 50,
    "redact": 50,
}
NOTIFICATION_DEFAULT = 50


class PowerLevels(Struct, frozen=True, kw_only=True, gc=False):
    """The levels of a room at one time, defaults filled in."""

    users: dict[str, int]
    events: dict[str, int]
    notifications: dict[str, int]
    users_default: int
    events_default: int
    state_default: int
    invite: int
    kick: int
    ban: int
    redact: int

    def of_user(self, user_id: str) -> int:
        return self.users.get(user_id, self.users_default)

    def for_event(self, event_type: str, *, is_state: bool) -> int:
        """Return the level required to send an event. Spec: server-server-api#definitions."""
        return self.events.get(event_type, self.state_default if is_state else self.events_default)

    def for_notification(self, key: str) -> int:
        """Return the level required to notify by that key, as `@room` does by `room`."""
        return self.notifications.get(key, NOTIFICATION_DEFAULT)


def parse(content: dict[str, Any] | None, *, version: RoomVersion, creators: frozenset[str]) -> PowerLevels:
    """Read authorised power levels, or what holds in a room that has none.

    What is not an integer is passed over: the rules let no such levels in, and reading must not fail on them.
    """
    users = _integers((content or {}).get("users"))
    if version.creators_above_all:
        users |= dict.fromkeys(creators, CREATOR_LEVEL)
    elif content is None:
        users = dict.fromkeys(creators, 100)
    content = content or {}
    return PowerLevels(
        users=users,
        events=_integers(content.get("events")),
        notifications=_integers(content.get("notifications")),
        **(DEFAULTS | _integers({key: content[key] for key in DEFAULTS if key in content})),
    )


def founder_of(create: Event, version: RoomVersion) -> str:
    """Return the one who made the room."""
    creator = create.content.get("creator") if version.creator_in_content else None
    return creator if isinstance(creator, str) else create.sender


def creators_of(create: Event, version: RoomVersion) -> frozenset[str]:
    """Return the room's creators: its founder, and, where creators stand above all, those named with them."""
    more = create.content.get("additional_creators", ()) if version.creators_above_all else ()
    return frozenset({founder_of(create, version), *more})


def _integers(levels: Any) -> dict[str, int]:
    if not isinstance(levels, dict):
        return {}
    return {key: level for key, level in levels.items() if type(level) is int}
