"""Who may do what in a room, as far as its state says. Pure; spec: client-server-api#permissions."""

from collections.abc import Sequence
from typing import Any, Final

from amanat.core.events import Event as RoomEvent
from amanat.core.power_levels import PowerLevels, creators_of, founder_of, parse
from amanat.core.room_versions import ROOM_VERSIONS
from amanat.gateway.device.sync_response import Event

CREATE: Final = "m.room.create"
POWER_LEVELS: Final = "m.room.power_levels"
OTHERWISE: Final = "10"
"""For versions that this server does not make: nobody stands above what the levels say."""


def administers(user_id: str, state: Sequence[Event]) -> bool:
    """Whether somebody may put members out of a room and change its state.

    Where a server does not show its power levels with an invitation, that is who made the room.
    """
    powers = powers_in(state)
    return powers.of_user(user_id) >= max(powers.kick, powers.state_default)


def powers_in(state: Sequence[Event]) -> PowerLevels:
    """Return the levels that a room's state says."""
    found = {event.type: event for event in state if not event.state_key}
    create, levels = found.get(CREATE), found.get(POWER_LEVELS)
    version = ROOM_VERSIONS.get(_version(create), ROOM_VERSIONS[OTHERWISE])
    creators = frozenset() if create is None else creators_of(_whole(create), version)
    return parse(levels.content if levels else None, version=version, creators=creators)


def founder_in(state: Sequence[Event]) -> str:
    """Return who made a room; empty where its state does not say."""
    create = next((event for event in state if event.type == CREATE), None)
    version = ROOM_VERSIONS.get(_version(create), ROOM_VERSIONS[OTHERWISE])
    return founder_of(_whole(create), version) if create else ""


def _version(create: Event | None) -> str:
    return str(create.content.get("room_version")) if create else OTHERWISE


def _whole(create: Event) -> RoomEvent:
    content: dict[str, Any] = create.content
    more = content.get("additional_creators")
    named = [each for each in more if isinstance(each, str)] if isinstance(more, list) else []
    return RoomEvent(
        event_id="",
        room_id="",
        type=CREATE,
        sender=create.sender,
        content=content | {"additional_creators": named},
        origin_server_ts=0,
        state_key="",
    )
