"""What has changed in a room between two positions, as a client must be told so that it can build the state. Pure.

`/v3/sync` and sliding sync are projections of this. Spec: client-server-api#syncing.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar


class StateRow(Protocol):
    """A stored event, as far as state goes."""

    @property
    def event_id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def state_key(self) -> str | None: ...
    @property
    def position(self) -> int: ...
    @property
    def sender(self) -> str: ...
    @property
    def replaces_state(self) -> str | None: ...


S = TypeVar("S", bound=StateRow)
StateKey = tuple[str, str]


def key_of(row: StateRow) -> StateKey:
    """Return the type and state key that a state event sets."""
    assert row.state_key is not None
    return row.type, row.state_key


def newest_per_key(rows: Iterable[S]) -> dict[StateKey, S]:
    """Return the last of each type and state key; `rows` are in order and may hold other events too."""
    return {key_of(row): row for row in rows if row.state_key is not None}


def replaced_by_timeline(timeline: Sequence[StateRow]) -> dict[StateKey, str | None]:
    """Return what stood, before the timeline, in each place that the timeline changes: an event id, or nothing."""
    first: dict[StateKey, str | None] = {}
    for row in timeline:
        if row.state_key is not None:
            first.setdefault(key_of(row), row.replaces_state)
    return first


def state_before(current: Iterable[S], *, timeline: Sequence[StateRow], predecessors: dict[str, S]) -> list[S]:
    """Return the state just before the timeline: the current state, with what the timeline changed taken back.

    `predecessors` holds the events that `replaced_by_timeline` names.
    """
    replaced = replaced_by_timeline(timeline)
    kept = [row for row in current if key_of(row) not in replaced]
    return kept + [predecessors[event_id] for event_id in replaced.values() if event_id in predecessors]


def relevant_members(state: Iterable[S], timeline: Iterable[StateRow], *, also: Iterable[str]) -> list[S]:
    """Leave out the members that a lazily loading client needs not: all but the timeline's senders and `also`.

    Spec: client-server-api#lazy-loading-room-members.
    """
    wanted = {row.sender for row in timeline} | set(also)
    return [row for row in state if row.type != "m.room.member" or row.state_key in wanted]
