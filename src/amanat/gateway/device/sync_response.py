"""What a device reads of the answer to a sync; spec: client-server-api#syncing. Events stay the bytes they came as."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec
from msgspec import Raw, Struct

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


def for_service(user_id: str) -> dict[str, Any]:
    """Return the filter of a service, which need not be told what it has said itself."""
    room = FILTER["room"]
    return FILTER | {"room": room | {"timeline": room["timeline"] | {"not_senders": [user_id]}}}


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


decode = msgspec.json.Decoder(SyncResponse).decode
decode_page = msgspec.json.Decoder(Page).decode
_decode_event = msgspec.json.Decoder(Event).decode


def event_of(raw: Raw | bytes) -> Event | None:
    """Read one event; `None` if it is not even that, as somebody else may have made it."""
    try:
        return _decode_event(raw)
    except msgspec.DecodeError:
        return None


def state_of(room: JoinedRoom) -> Iterator[Event]:
    """Yield the state events of a room in the order in which they hold."""
    for raw in (*room.state.events, *room.timeline.events):
        event = event_of(raw)
        if event is not None and event.state_key is not None:
            yield event
