"""What a push says, and how it went. It never says what a message says, who sent it or what a room is called."""

from enum import StrEnum

from msgspec import Struct

from amanat.core.push_targets import Target


class Push(Struct, frozen=True, kw_only=True):
    """A push. `unread` is the person's in all rooms; without an event it is only about that count."""

    unread: int
    event_id: str | None = None
    room_id: str | None = None
    room_unread: int = 0
    urgent: bool = False


class Receiver(Struct, frozen=True, kw_only=True):
    """The app on a device that a push is for."""

    target: Target
    app_id: str
    pushkey: str
    since_ts: int


class End(StrEnum):
    """How a push ended."""

    DELIVERED = "delivered"
    LATER = "later"
    """It did not go through, and may when it is tried again."""
    REFUSED = "refused"
    """It will not go through, but another may."""
    GONE = "gone"
    """Nobody is there any more: the pusher is to be forgotten."""


class Outcome(Struct, frozen=True):
    """How a push ended; `after_s` is how long its service wants to be left alone, if it said so."""

    end: End
    after_s: int | None = None
