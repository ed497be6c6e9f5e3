"""Stripped state: what somebody sees of a room before they are in it. Pure; spec: client-server-api#stripped-state."""

from collections.abc import Iterator
from typing import Any, Protocol

POWER_LEVELS = "m.room.power_levels"

# The specification's list: the create event must be there (v1.16), the rest as far as the room has it.
STRIPPED_TYPES = (
    "m.room.create",
    "m.room.join_rules",
    "m.room.canonical_alias",
    "m.room.name",
    "m.room.avatar",
    "m.room.topic",
    "m.room.encryption",
)


class StateEvent(Protocol):
    """The four properties that a stripped event has."""

    @property
    def type(self) -> str: ...
    @property
    def sender(self) -> str: ...
    @property
    def state_key(self) -> str | None: ...
    @property
    def content(self) -> dict[str, Any]: ...


class State(Protocol):
    """A room's current state; `RoomState` is one."""

    def get(self, event_type: str, state_key: str = "", /) -> StateEvent | None: ...


def stripped_state(state: State, *, user_id: str, member: StateEvent | None = None) -> list[dict[str, Any]]:
    """Return the stripped state that `user_id` is shown with an invite or knock.

    Their own member event ends it (`member`, if it is not in the state yet), and the inviter's goes with an invite, so
    that the invite shows a name. Nobody else's. With an invite go the room's power levels, which the specification
    leaves open: a service accepts one only from whoever may put it out again, and must know before it is in.
    """
    own = member or state.get("m.room.member", user_id)
    return [strip(event) for event in _shown(state, own)]


def strip(event: StateEvent) -> dict[str, Any]:
    """Keep the four properties that a stripped event may have."""
    return {
        "content": event.content,
        "sender": event.sender,
        "state_key": event.state_key or "",
        "type": event.type,
    }


def _shown(state: State, own: StateEvent | None) -> Iterator[StateEvent]:
    for event_type in STRIPPED_TYPES:
        if (event := state.get(event_type)) is not None:
            yield event
    if own is None:
        return
    if own.content.get("membership") == "invite":
        yield from _of_inviter(state, own)
    yield own


def _of_inviter(state: State, own: StateEvent) -> Iterator[StateEvent]:
    if (levels := state.get(POWER_LEVELS)) is not None:
        yield levels
    inviter = state.get("m.room.member", own.sender)
    if inviter is not None and inviter.state_key != own.state_key:
        yield inviter
