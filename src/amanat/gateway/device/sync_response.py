"""What a device reads of the answer to a sync; spec: client-server-api#syncing. Events stay the bytes they came as."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec
from msgspec import Raw, Struct

RECEIPTS: Final = "m.receipt"
READ: Final = "m.read"
"""A receipt that others are told of; spec: client-server-api#receipts."""

FILTER: Final[dict[str, Any]] = {
    "presence": {"types": []},
    "account_data": {"types": []},
    "room": {
        "account_data": {"types": []},
        "ephemeral": {"types": []},
        # All members, not lazily: who gets a room's key must be known before the first answer in it, and to ask for
        # that would be one more request per chat. A service's chats have two or three members.
        "state": {"types": ["m.room.member", "m.room.encryption", "m.room.history_visibility"]},
        "timeline": {"limit": 100},
    },
}
"""No more than a device needs. What it says itself comes back too: see `for_service`."""


def for_service(user_id: str, *, reads: bool) -> dict[str, Any]:
    """Return the filter of a service, which need not be told what it has said itself; `reads`: see `Policy`."""
    room = FILTER["room"]
    wanted = {"timeline": room["timeline"] | {"not_senders": [user_id]}}
    return FILTER | {"room": room | wanted | ({"ephemeral": {"types": [RECEIPTS]}} if reads else {})}


class _Events(Struct, frozen=True):
    events: list[Raw] = []


class Timeline(Struct, frozen=True):
    """Events, oldest first; `limited`: there are more between them and the sync before, back from `prev_batch`."""

    events: list[Raw] = []
    limited: bool = False
    prev_batch: str | None = None


class JoinedRoom(Struct, frozen=True):
    """A room that the service is in; `state` holds before the timeline."""

    state: _Events = _Events()
    timeline: Timeline = Timeline()
    ephemeral: _Events = _Events()

    @property
    def is_changed(self) -> bool:
        """Whether anything but receipts came."""
        return bool(self.state.events or self.timeline.events)


class LeftRoom(Struct, frozen=True):
    """A room that the service is in no more."""

    timeline: Timeline = Timeline()


class InvitedRoom(Struct, frozen=True):
    invite_state: _Events = _Events()


class Rooms(Struct, frozen=True):
    join: dict[str, JoinedRoom] = {}
    invite: dict[str, InvitedRoom] = {}
    leave: dict[str, LeftRoom] = {}


class DeviceLists(Struct, frozen=True):
    changed: list[str] = []
    left: list[str] = []


class SyncResponse(Struct, frozen=True):
    """One answer."""

    next_batch: str
    rooms: Rooms = Rooms()
    to_device: _Events = _Events()
    device_lists: DeviceLists = DeviceLists()
    device_one_time_keys_count: dict[str, int] = {}
    device_unused_fallback_key_types: list[str] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be written but the position."""
        rooms, lists = self.rooms, self.device_lists
        return not (rooms.join or rooms.invite or rooms.leave or self.to_device.events or lists.changed or lists.left)


class Event(Struct, frozen=True):
    """What is needed of any event: of a room, of an invitation, or to a device."""

    type: str
    sender: str
    content: dict[str, Any]
    event_id: str = ""
    origin_server_ts: int = 0
    state_key: str | None = None
    unsigned: dict[str, Any] = {}


class Page(Struct, frozen=True):
    """A page of `/messages`, newest first; no `end`: there is nothing before it."""

    chunk: list[Raw]
    end: str | None = None


class _Read(Struct, frozen=True):
    ts: int = 0


class _Receipts(Struct, frozen=True):
    type: str
    content: dict[str, dict[str, dict[str, _Read]]]


decode = msgspec.json.Decoder(SyncResponse).decode
decode_page = msgspec.json.Decoder(Page).decode
_decode_event = msgspec.json.Decoder(Event).decode
_decode_receipts = msgspec.json.Decoder(_Receipts).decode


def event_of(raw: Raw | bytes) -> Event | None:
    """Read one event; `None` if it is not even that, as somebody else may have made it."""
    try:
        return _decode_event(raw)
    except msgspec.DecodeError:
        return None


class Receipt(Struct, frozen=True):
    """Up to which event somebody has read, and when they did."""

    event_id: str
    user_id: str
    ts: int


def receipts_in(room: JoinedRoom, *, but: str) -> Iterator[Receipt]:
    """Yield the receipts that came for a room, those of one person left out."""
    for raw in room.ephemeral.events:
        try:
            told = _decode_receipts(raw)
        except msgspec.DecodeError:
            continue
        for event_id, kinds in told.content.items() if told.type == RECEIPTS else ():
            for user_id, receipt in kinds.get(READ, {}).items():
                if user_id != but:
                    yield Receipt(event_id, user_id, receipt.ts)


def state_of(room: JoinedRoom) -> Iterator[Event]:
    """Yield the state events of a room in the order in which they hold."""
    for raw in (*room.state.events, *room.timeline.events):
        event = event_of(raw)
        if event is not None and event.state_key is not None:
            yield event
