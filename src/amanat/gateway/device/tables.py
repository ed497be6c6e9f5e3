"""The rows of a service's device. What bounds each table stands in its migration."""

from typing import Final

from msgspec import Struct

from amanat.db.table import Table

IN_STREAM: Final = "in"
"""The order in which things came."""
OUT_STREAM: Final = "out"
"""The order in which things are to go."""


class AccountRow(Struct, frozen=True):
    """The device's account: one row. The pickle is sealed."""

    user_id: str
    device_id: str
    curve25519: str
    ed25519: str
    pickle: str
    published: int


class SyncPositionRow(Struct, frozen=True):
    user_id: str
    next_batch: str


class InboxRow(Struct, frozen=True):
    """A message to the device (`room_id` is `None`) or an event of a room, as JSON from the server."""

    position: int
    room_id: str | None
    event: bytes


class OlmSessionRow(Struct, frozen=True):
    """A channel to the device whose curve25519 key is `sender_key`."""

    sender_key: str
    session_id: str
    pickle: str
    used_ts: int


class OlmRecoveryRow(Struct, frozen=True):
    sender_key: str
    user_id: str
    since_ts: int
    done: int


class RoomKeyRow(Struct, frozen=True):
    """A Megolm session that somebody else writes with; `ed25519` is the key that their device claimed for itself."""

    room_id: str
    session_id: str
    user_id: str
    sender_key: str
    ed25519: str
    first_index: int
    pickle: str
    received_ts: int


class OpenedMessageRow(Struct, frozen=True):
    room_id: str
    session_id: str
    message_index: int
    event_id: str
    ts: int


class WaitingEventRow(Struct, frozen=True):
    """An event that cannot be read; `told`: its room was told so."""

    room_id: str
    session_id: str
    event_id: str
    event: bytes
    since_ts: int
    told: int


class RoomRow(Struct, frozen=True):
    """A room as far as its keys are concerned; no `algorithm`: it is not encrypted.

    `by_admin`: who invited the service may put it out again. `noticed`: the room was told what the service is.
    """

    room_id: str
    membership: str
    inviter: str | None = None
    algorithm: str | None = None
    # spec: client-server-api#mroomencryption, the values where an event names none.
    rotation_ms: int = 604_800_000
    rotation_messages: int = 100
    # spec: client-server-api#mroomhistory_visibility: what holds where a room says nothing.
    history_visibility: str = "shared"
    by_admin: int = 0
    noticed: int = 0


class MemberRow(Struct, frozen=True):
    room_id: str
    user_id: str
    membership: str


class WriterRow(Struct, frozen=True):
    room_id: str
    user_id: str


class IdentityRow(Struct, frozen=True):
    """A person's master key as first seen; `None`: they have published none."""

    user_id: str
    master_key: str | None
    changed_to: str | None


class DeviceRow(Struct, frozen=True):
    user_id: str
    device_id: str
    curve25519: str
    ed25519: str
    vouched: int


class DeviceListRow(Struct, frozen=True):
    user_id: str
    queried_ts: int


class OutboundSessionRow(Struct, frozen=True):
    room_id: str
    session_id: str
    pickle: str
    created_ts: int
    messages: int
    history_visibility: str


class KeyShareRow(Struct, frozen=True):
    room_id: str
    user_id: str
    device_id: str
    session_id: str
    curve25519: str
    message_index: int


class ToDeviceRow(Struct, frozen=True):
    position: int
    room_id: str | None
    txn_id: str
    type: str
    messages: bytes


class OutboxRow(Struct, frozen=True):
    """What is to be said. `content` is JSON in plain text; `encrypted` is what goes to the server."""

    room_id: str
    position: int
    txn_id: str
    type: str
    content: bytes
    encrypted: bytes | None


ACCOUNT = Table("device_account", AccountRow, key=1)
SYNC_POSITION = Table("sync_position", SyncPositionRow, key=1)
INBOX = Table("inbox", InboxRow, key=1)
OLM_SESSIONS = Table("olm_sessions", OlmSessionRow, key=2)
OLM_RECOVERIES = Table("olm_recoveries", OlmRecoveryRow, key=1)
ROOM_KEYS = Table("room_keys", RoomKeyRow, key=2)
OPENED_MESSAGES = Table("opened_messages", OpenedMessageRow, key=3)
WAITING_EVENTS = Table("waiting_events", WaitingEventRow, key=3)
ROOMS = Table("rooms", RoomRow, key=1)
MEMBERS = Table("members", MemberRow, key=2)
WRITERS = Table("writers", WriterRow, key=2)
IDENTITIES = Table("identities", IdentityRow, key=1)
DEVICES = Table("devices", DeviceRow, key=2)
DEVICE_LISTS = Table("device_lists", DeviceListRow, key=1)
OUTBOUND_SESSIONS = Table("outbound_sessions", OutboundSessionRow, key=1)
KEY_SHARES = Table("key_shares", KeyShareRow, key=3)
TO_DEVICE_OUTBOX = Table("to_device_outbox", ToDeviceRow, key=1)
OUTBOX = Table("outbox", OutboxRow, key=2)
