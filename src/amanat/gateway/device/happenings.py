"""What a device tells whoever runs a service over it, and what is said in answer. The interface to the composition."""

from collections.abc import Sequence
from typing import Any, Literal, Protocol, TypeAlias

from msgspec import Struct

from amanat.db.tx import Need, Tx

Trust = Literal["vouched", "unsigned", "unidentified", "unknown"]
"""Whose device wrote: one that the person's identity signed; one that it did not sign; one of a person who has no
identity, which cannot be checked; one that the server does not list (any more)."""


class Received(Struct, frozen=True, kw_only=True):
    """Somebody said something in a room, and it was encrypted; or, with no `trust`, it never is.

    Never encrypted are only what says who is in the room (`m.room.member`) and who may do what there
    (`m.room.power_levels`), `m.reaction` and `m.room.redaction`: a message that came in clear is not told of at all. A
    room's name (`m.room.name`) is told of either way; of state, and of it alone, the `state_key` is told.
    Each event is told of once, in its room's order, except that one whose key came late follows what was said after
    it. `before`: what somebody was in the room until then; `replaced`: the power levels until then, as the server says.
    """

    room_id: str
    event_id: str
    sender: str
    ts: int
    type: str
    content: dict[str, Any]
    state_key: str | None = None
    trust: Trust | None = None
    before: str | None = None
    replaced: dict[str, Any] | None = None


class Unreadable(Struct, frozen=True, kw_only=True):
    """Somebody said something that cannot be read, and its key has not come in time; if it comes, it is `Received`."""

    room_id: str
    event_id: str
    sender: str
    ts: int


class Seen(Struct, frozen=True, kw_only=True):
    """Somebody has read a room up to an event, as their app says; told of only where the `Policy` wants it."""

    room_id: str
    event_id: str
    sender: str
    ts: int


class Sent(Struct, frozen=True, kw_only=True):
    """The server has what was said."""

    room_id: str
    txn_id: str
    event_id: str


class NotSent(Struct, frozen=True, kw_only=True):
    """The server will never take what was to be said: the service is not in the room any more, or it was too large."""

    room_id: str
    txn_id: str
    errcode: str


class HeldBack(Struct, frozen=True, kw_only=True):
    """What was said in a room waits, since nobody may have its key. Told once per start and reason.

    `identity_changed`: that of `user_ids`, until `accept_identity`. `no_device`: none of `user_ids` has a device that
    may have it, until one has, or writes. `not_encrypted`: the room is not; nothing is ever said there in clear.
    """

    room_id: str
    reason: Literal["identity_changed", "no_device", "not_encrypted"]
    user_ids: list[str]


Happening: TypeAlias = Received | Seen | Unreadable | Sent | NotSent | HeldBack


class Outgoing(Struct, frozen=True, kw_only=True):
    """Something to be said in a room. The server makes it once per `txn_id`, which is at most 255 characters long.

    An `m.room.redaction` names in `redacts` what is taken back; it alone is never encrypted.
    """

    room_id: str
    txn_id: str
    content: dict[str, Any]
    type: str = "m.room.message"


class Handler(Protocol):
    """Whoever runs a service over a device.

    A happening and everything that `handle` puts are written in one unit; if that fails, or the process is killed,
    the happening comes again. `handle` may run twice with the first run undone: it has no effect but through `tx`.
    Happenings of one room come one after the other; those of different rooms side by side.
    """

    async def needs(self, happening: Happening, /) -> Sequence[Need]:
        """Return every row that `handle` will read for it."""
        ...

    def handle(self, happening: Happening, tx: Tx, /) -> None:
        """Put what follows from it. If it raises, the happening is dropped, with a line in the log."""
        ...
