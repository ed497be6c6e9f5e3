"""Decrypts events of rooms, and says whose device wrote them. Changes nothing: what it finds is kept by the inbox."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import structlog
from msgspec import Struct

from amanat.core.identifiers import fits
from amanat.gateway.device.device_lists import DEVICES_WITH_KEY, IDENTITIES_OF, DeviceLists
from amanat.gateway.device.ground import Ground
from amanat.gateway.device.happenings import Received, Seen, Trust
from amanat.gateway.device.powers import POWER_LEVELS
from amanat.gateway.device.room_keys import ROOM_KEYS_OF, Forged, Opened, open_message, session_ids
from amanat.gateway.device.sync_response import RECEIPTS, Event, event_of
from amanat.gateway.device.tables import DeviceRow, InboxRow, RoomKeyRow

ENCRYPTED: Final = "m.room.encrypted"
CLEAR: Final = frozenset({"m.room.member", POWER_LEVELS, "m.room.name", "m.reaction", "m.room.redaction"})
"""What is told of although it is not encrypted; names may be."""

log = structlog.get_logger()


class Read(Struct, frozen=True, kw_only=True):
    """An event that can be told of, or a receipt; `opened` if it was encrypted."""

    row: InboxRow
    received: Received | Seen
    opened: Opened | None


class Unread(Struct, frozen=True, kw_only=True):
    """An event whose key is not here."""

    row: InboxRow
    event: Event
    session_id: str


class Unwanted(Struct, frozen=True, kw_only=True):
    """What is no event, is not meant for a service, or is not what it says it is."""

    row: InboxRow


Reading: TypeAlias = Read | Unread | Unwanted
_Owned: TypeAlias = tuple[str, str]
"""A user id, and the curve25519 key of one of their devices."""


class _Writer(Struct, frozen=True):
    """What is known of the device that a key is from."""

    device: DeviceRow | None
    has_identity: bool

    def trust(self, key: RoomKeyRow) -> Trust:
        """Say whose device wrote with the key; raises `Forged` if the key claims to be of another."""
        if self.device is None:
            return "unknown"
        if self.device.ed25519 != key.ed25519:
            raise Forged("the key claims to be of another device")
        if not self.has_identity:
            return "unidentified"
        return "vouched" if self.device.vouched else "unsigned"


class Reader:
    """Reads events of rooms."""

    def __init__(self, ground: Ground, lists: DeviceLists) -> None:
        self._store = ground.store
        self._pickles = ground.pickles
        self._lists = lists

    async def read(self, rows: Sequence[InboxRow]) -> list[Reading]:
        """Read events, in their order; raises `TryAgain` if it cannot be told whose devices there are."""
        events = [event_of(row.event) for row in rows]
        wanted = session_ids([event.content for event in events if event is not None and event.type == ENCRYPTED])
        found = await self._store.all(ROOM_KEYS_OF, session_ids=wanted) if wanted else []
        keys = {(key.room_id, key.session_id): key for key in found}
        writers = await self._writers(found)
        return [self._reading(row, event, keys, writers) for row, event in zip(rows, events, strict=True)]

    async def _writers(self, keys: Sequence[RoomKeyRow]) -> dict[_Owned, _Writer]:
        """Return whose devices the keys are of; asks the server about devices that were never seen."""
        if not keys:
            return {}
        wanted = {(key.user_id, key.sender_key) for key in keys}
        devices = await self._devices(wanted)
        strangers = sorted({user_id for user_id, _ in wanted.difference(devices)})
        if strangers:
            await self._lists.know(strangers)
            devices = await self._devices(wanted)
        identities = await self._store.all(IDENTITIES_OF, user_ids=sorted({user_id for user_id, _ in wanted}))
        identified = {row.user_id for row in identities if row.master_key is not None}
        return {owned: _Writer(devices.get(owned), owned[0] in identified) for owned in wanted}

    async def _devices(self, wanted: Iterable[_Owned]) -> dict[_Owned, DeviceRow]:
        # By owner too: anybody can publish another's key as a device of their own.
        rows = await self._store.all(DEVICES_WITH_KEY, keys=sorted({sender_key for _, sender_key in wanted}))
        return {(row.user_id, row.curve25519): row for row in rows}

    def _reading(
        self,
        row: InboxRow,
        event: Event | None,
        keys: Mapping[tuple[str, str], RoomKeyRow],
        writers: Mapping[_Owned, _Writer],
    ) -> Reading:
        if event is None or row.room_id is None or not (fits(event.event_id) and fits(event.sender)):
            return Unwanted(row=row)
        if event.type == RECEIPTS:
            ts = event.origin_server_ts
            seen = Seen(room_id=row.room_id, event_id=event.event_id, sender=event.sender, ts=ts)
            return Read(row=row, received=seen, opened=None)
        if event.type in CLEAR:
            return Read(row=row, received=_received(row.room_id, event), opened=None)
        session_id = next(iter(session_ids([event.content])), None)
        if event.type != ENCRYPTED or session_id is None:
            return Unwanted(row=row)
        key = keys.get((row.room_id, session_id))
        try:
            opened = open_message(key, event.content, sender=event.sender, pickles=self._pickles) if key else None
            if key is None or opened is None:
                return Unread(row=row, event=event, session_id=session_id)
            _check_place(event, opened)
            trust = writers[key.user_id, key.sender_key].trust(key)
            received = _received(row.room_id, event, opened=opened, trust=trust)
        except Forged as forged:
            log.warning("event_dropped", room_id=row.room_id, event_id=event.event_id, reason=str(forged))
            return Unwanted(row=row)
        return Read(row=row, received=received, opened=opened)


def _check_place(event: Event, opened: Opened) -> None:
    """Check that state which was encrypted stands where it says (MSC4362); raises `Forged`."""
    if event.state_key is not None and event.state_key != f"{opened.type}:{opened.state_key}":
        raise Forged("it is state of another kind")


def _received(room_id: str, event: Event, *, opened: Opened | None = None, trust: Trust | None = None) -> Received:
    return Received(
        room_id=room_id,
        event_id=event.event_id,
        sender=event.sender,
        ts=event.origin_server_ts,
        type=event.type if opened is None else opened.type,
        content=event.content if opened is None else opened.content,
        # What was not sent as state is none, whatever it says: nobody asked whether its sender may change it.
        state_key=event.state_key if opened is None or event.state_key is None else opened.state_key,
        before=_membership_before(event) if opened is None else None,
        replaced=_levels_before(event) if opened is None else None,
        trust=trust,
    )


def _levels_before(event: Event) -> dict[str, Any] | None:
    before = event.unsigned.get("prev_content") if event.type == POWER_LEVELS else None
    return before if isinstance(before, dict) else None


def _membership_before(event: Event) -> str | None:
    # spec: client-server-api#room-events, `unsigned.prev_content`
    before = event.unsigned.get("prev_content")
    membership = before.get("membership") if isinstance(before, Mapping) else None
    return membership if isinstance(membership, str) else None
