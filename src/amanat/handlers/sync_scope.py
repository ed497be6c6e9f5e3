"""What one sync is asked for: who asks, from where to where, and the filter made ready for use."""

from typing import Any

from msgspec import UNSET, Raw, Struct, UnsetType

from amanat.core.filters import Filter, Sieve, sieve
from amanat.core.property_paths import Path, parse
from amanat.core.requester import Requester
from amanat.core.stream_token import StreamToken

DEFAULT_TIMELINE = 10
"""Events per room where the client does not say; what Synapse sends, and so what clients expect."""


class ReadyFilter(Struct, frozen=True, kw_only=True):
    """A filter's parts as sync uses them; a sieve of `None` lets everything through."""

    source: Filter
    timeline_limit: int
    timeline: Sieve | None
    state: Sieve | None
    ephemeral: Sieve | None
    room_account_data: Sieve | None
    account_data: Sieve | None
    presence: Sieve | None
    no_presence: bool
    """The presence filter lets nothing through."""
    lazy_members: bool
    threads: bool
    fields: list[Path] | None
    """What of each event is wanted; `None` for all of it."""
    federation: bool
    """Events are wanted as servers exchange them."""
    plain: bool
    """Every event of a room's timeline and state goes out, as it is."""


def ready(source: Filter) -> ReadyFilter:
    """Make a filter ready for use."""
    room = source.room
    timeline, state, presence = sieve(room.timeline), sieve(room.state), sieve(source.presence)
    return ReadyFilter(
        source=source,
        timeline_limit=room.timeline.page(DEFAULT_TIMELINE),
        timeline=timeline,
        state=state,
        ephemeral=sieve(room.ephemeral),
        room_account_data=sieve(room.account_data),
        account_data=sieve(source.account_data),
        presence=presence,
        no_presence=presence is not None and not presence.allows("m.presence"),
        lazy_members=room.state.lazy_load_members,
        threads=room.timeline.unread_thread_notifications,
        fields=None if source.event_fields is None else [parse(field) for field in source.event_fields],
        federation=source.event_format == "federation",
        plain=timeline is None and state is None and source.event_fields is None and source.event_format == "client",
    )


NO_FILTER = ready(Filter())


class Scope(Struct, frozen=True, kw_only=True):
    """One look at what has changed: everything after `since`, up to `now`. Without `since`, everything."""

    requester: Requester
    since: StreamToken | None
    now: StreamToken
    filter: ReadyFilter
    full_state: bool
    from_other_epoch: bool = False
    """The client has synced before, and a backup was restored since: what it knows of others' devices is old."""
    state_after: bool
    room_account_data: dict[str, list[Raw]] = {}
    """What the reader keeps about rooms and has changed, by room."""
    typing: frozenset[str] = frozenset()
    """The rooms whose typing has changed since this device was last told."""
    ignored: frozenset[str] = frozenset()
    """Whose messages and invitations are not told."""

    @property
    def user_id(self) -> str:
        return self.requester.user_id

    @property
    def after(self) -> int:
        """Return the room position that has been seen."""
        return 0 if self.since is None else self.since.room

    def token_before(self, position: int) -> str:
        """Return a token from which `/messages` pages back from just before an event."""
        return str(StreamToken(self.now.epoch, position - 1, self.now.user))


class Events(Struct, frozen=True):
    events: list[Raw]


class Timeline(Struct, frozen=True, kw_only=True):
    events: list[Raw]
    limited: bool
    prev_batch: str


class RoomPart(
    Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    rename={"state_after_unstable": "org.matrix.msc4222.state_after"},
):
    """A joined or left room in a sync response. Spec: client-server-api#get_matrixclientv3sync."""

    timeline: Timeline | Raw
    state: Events | Raw | UnsetType = UNSET
    state_after: Events | Raw | UnsetType = UNSET
    state_after_unstable: Events | Raw | UnsetType = UNSET
    ephemeral: Events | UnsetType = UNSET
    account_data: Events | UnsetType = UNSET
    summary: dict[str, Any] | UnsetType = UNSET
    unread_notifications: dict[str, int] | UnsetType = UNSET
    unread_thread_notifications: dict[str, dict[str, int]] | UnsetType = UNSET


class RoomSections(Struct, frozen=True, omit_defaults=True):
    """The rooms of a sync response; a section without rooms is left out."""

    join: dict[str, RoomPart] = {}
    invite: dict[str, Any] = {}
    knock: dict[str, Any] = {}
    leave: dict[str, RoomPart] = {}


class MemberChange(Struct, frozen=True):
    """That somebody's membership changed in a room that the reader is, or was, in."""

    user_id: str
    membership: str


class Rooms(Struct, kw_only=True):
    """The rooms of a sync, and what its device lists are made of."""

    join: dict[str, RoomPart]
    invite: dict[str, Any]
    knock: dict[str, Any]
    leave: dict[str, RoomPart]
    member_changes: list[MemberChange]
    entered: list[str]
    exited: list[str]
