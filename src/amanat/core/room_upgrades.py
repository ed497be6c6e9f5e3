"""What a room takes along when another version replaces it. Pure; spec: client-server-api#room-upgrades."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from amanat.core.events import Event
from amanat.core.power_levels import CREATOR_LEVEL, DEFAULTS, PowerLevels
from amanat.core.room_creation import FULL_LEVEL, InitialState, raise_tombstone
from amanat.core.room_versions import RoomVersion
from amanat.core.space_hierarchy import SPACE_CHILD, children

TOMBSTONE_BODY = "This room has been replaced."
# The specification's list, less what is made anew, and the main alias, which moves too. Encryption goes first.
_CARRIED = (
    "m.room.encryption",
    "m.room.join_rules",
    "m.room.history_visibility",
    "m.room.guest_access",
    "m.room.server_acl",
    "m.room.name",
    "m.room.avatar",
    "m.room.topic",
    "m.room.canonical_alias",
)
_CLOSED_LEVEL = 50

StateMap = Mapping[tuple[str, str], Event]
Content = dict[str, Any]


def creation_content(state: StateMap, *, version: RoomVersion, last_event_id: str, creators: Sequence[str]) -> Content:
    """Return what the new room's create event says of the old one, and what it takes over from it."""
    old = state["m.room.create", ""]
    predecessor = {"room_id": old.room_id}
    if not version.room_id_is_hash:
        predecessor["event_id"] = last_event_id
    content: Content = {key: old.content[key] for key in ("type", "m.federate") if key in old.content}
    content["predecessor"] = predecessor
    if version.creators_above_all and creators:
        content["additional_creators"] = list(dict.fromkeys(creators))
    return content


def carried_state(state: StateMap) -> Iterator[InitialState]:
    """Yield the state that the new room begins with besides its members and power levels."""
    for event_type in _CARRIED:
        event = state.get((event_type, ""))
        if event is not None and event.content:
            yield InitialState(type=event_type, content=event.content)
    for child in children(state, suggested_only=False):
        yield InitialState(type=SPACE_CHILD, content=child.content, state_key=child.state_key or "")


def new_power_levels(
    old: PowerLevels, content: Content, *, version: RoomVersion, creators: frozenset[str], upgrader: str
) -> tuple[Content, Content]:
    """Return the power levels to begin the new room with, and those to leave it with.

    `creators` are the new room's. Where they do not stand above all, whoever did in the old room keeps what an event
    can give, and the upgrader has what it takes to set the state until that is done.
    """
    highest = max(FULL_LEVEL, *old.events.values(), *(getattr(old, key) for key in DEFAULTS))
    users = {user_id: highest if level == CREATOR_LEVEL else level for user_id, level in old.users.items()}
    lasting = {**content, "users": {user_id: level for user_id, level in users.items() if user_id not in creators}}
    if not version.creators_above_all:
        return {**lasting, "users": {**users, upgrader: max(highest, users.get(upgrader, 0))}}, lasting
    lasting |= {"state_default": old.state_default, "events": dict(old.events)}
    raise_tombstone(lasting)
    return lasting, lasting


def closed_power_levels(old: PowerLevels, content: Content) -> Content:
    """Return the old room's power levels once only its moderators may still send and invite."""
    level = max(_CLOSED_LEVEL, old.users_default + 1)
    return {**content, "events_default": max(level, old.events_default), "invite": max(level, old.invite)}
