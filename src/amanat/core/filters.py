"""What a client asks to be sent of a sync or a page of events. Pure; spec: client-server-api#filtering.

A filter's part becomes a `Sieve` once, when the filter is read; where it lets everything through there is none, and
an event list costs nothing.
"""

import re
from typing import Annotated, Any, Literal, Protocol, TypeVar

import msgspec
from msgspec import Meta, Struct

from amanat.core import globs
from amanat.core.errors import BadJson
from amanat.core.property_paths import ABSENT, Path, at

MAX_LIMIT = 100
"""Events per room and answer; a client that wants more pages on."""
MAX_PATTERNS = 256
"""Types in one list: each event is held against all that have a wildcard."""

_Types = Annotated[list[Annotated[str, Meta(max_length=globs.MAX_PATTERN)]], Meta(max_length=MAX_PATTERNS)]


class EventFilter(Struct, frozen=True, kw_only=True):
    """Which events, by type and sender. A list that is absent excludes nothing; an empty one includes nothing."""

    limit: int | None = None
    senders: frozenset[str] | None = None
    not_senders: frozenset[str] = frozenset()
    types: _Types | None = None
    not_types: _Types = []

    def page(self, default: int) -> int:
        """Return how many events may be sent, within what the server sends at once."""
        return default if self.limit is None else min(max(self.limit, 1), MAX_LIMIT)


class RoomEventFilter(EventFilter, frozen=True, kw_only=True):
    """Which events of rooms, and which members along with them."""

    rooms: frozenset[str] | None = None
    not_rooms: frozenset[str] = frozenset()
    contains_url: bool | None = None
    lazy_load_members: bool = False
    include_redundant_members: bool = False
    unread_thread_notifications: bool = False


class RoomFilter(Struct, frozen=True, kw_only=True):
    """Which rooms, and what of each section of a room."""

    rooms: frozenset[str] | None = None
    not_rooms: frozenset[str] = frozenset()
    include_leave: bool = False
    state: RoomEventFilter = RoomEventFilter()
    timeline: RoomEventFilter = RoomEventFilter()
    ephemeral: RoomEventFilter = RoomEventFilter()
    account_data: RoomEventFilter = RoomEventFilter()


class Filter(Struct, frozen=True, kw_only=True):
    """A filter as a client writes it."""

    event_fields: _Types | None = None
    event_format: Literal["client", "federation"] = "client"
    presence: EventFilter = EventFilter()
    account_data: EventFilter = EventFilter()
    room: RoomFilter = RoomFilter()


class _Named(Protocol):
    """What is sifted: an event, or a row of one."""

    @property
    def type(self) -> str: ...
    @property
    def sender(self) -> str: ...


_N = TypeVar("_N", bound=_Named)
_F = TypeVar("_F", Filter, RoomEventFilter)


def read(value: Any, kind: type[_F]) -> _F:
    """Read a filter from JSON that has been decoded; keys that the specification does not know are passed over."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise BadJson(f"The filter has a wrong value: {error}.") from None


class Sieve(Struct, frozen=True, kw_only=True):
    """An `EventFilter` ready for use."""

    types: "TypeSet | None"
    not_types: "TypeSet"
    senders: frozenset[str] | None
    not_senders: frozenset[str]
    contains_url: bool | None

    def allows(self, event_type: str, sender: str | None = None) -> bool:
        """Judge by name; what has no sender, such as account data, is not judged by one."""
        if event_type in self.not_types or (self.types is not None and event_type not in self.types):
            return False
        if sender is None:
            return True
        return sender not in self.not_senders and (self.senders is None or sender in self.senders)

    def allows_content(self, content: dict[str, Any]) -> bool:
        """Judge by content, which need not be read at all where `contains_url` is `None`."""
        return self.contains_url is None or ("url" in content) is self.contains_url


class TypeSet:
    """Event types, some of them with wildcards."""

    __slots__ = ("_exact", "_pattern")

    def __init__(self, types: list[str]) -> None:
        starred = [globs.stars(each).pattern for each in types if "*" in each]
        self._exact = frozenset(each for each in types if "*" not in each)
        self._pattern = re.compile("|".join(starred), re.DOTALL) if starred else None

    def __contains__(self, event_type: str) -> bool:
        if event_type in self._exact:
            return True
        return self._pattern is not None and self._pattern.match(event_type) is not None


def sieve(part: EventFilter) -> Sieve | None:
    """Make a part of a filter ready for use; `None` lets everything through."""
    made = Sieve(
        types=None if part.types is None or "*" in part.types else TypeSet(part.types),
        not_types=TypeSet(part.not_types) if part.not_types else _NO_TYPES,
        senders=part.senders,
        not_senders=part.not_senders,
        contains_url=part.contains_url if isinstance(part, RoomEventFilter) else None,
    )
    return None if made == _OPEN else made


def sifted(events: list[_N], through: Sieve | None) -> list[_N]:
    """Return the events that pass by type and sender; without a sieve that is the list itself."""
    return events if through is None else [each for each in events if through.allows(each.type, each.sender)]


def includes_room(part: RoomFilter | RoomEventFilter, room_id: str) -> bool:
    """Whether a filter, or its part, is about that room."""
    return room_id not in part.not_rooms and (part.rooms is None or room_id in part.rooms)


def only_fields(event: dict[str, Any], fields: list[Path]) -> dict[str, Any]:
    """Return what `event_fields`, parsed, asks for of an event."""
    kept: dict[str, Any] = {}
    for path in fields:
        found = at(event, path)
        if found is not ABSENT:
            _set(kept, path, found)
    return kept


def _set(kept: dict[str, Any], path: Path, value: Any) -> None:
    for name in path[:-1]:
        kept = kept.setdefault(name, {})
    kept[path[-1]] = value


_NO_TYPES = TypeSet([])
_OPEN = Sieve(types=None, not_types=_NO_TYPES, senders=None, not_senders=frozenset(), contains_url=None)
