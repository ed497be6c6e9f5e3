"""Events: what somebody asks to be sent, what is sent, and its hashes. Spec: server-server-api#signing-events."""

import binascii
import hashlib
from typing import Any

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from amanat.core import canonical_json
from amanat.core.errors import InvalidParam, TooLarge
from amanat.core.identifiers import MAX_ID_BYTES, fits, server_of
from amanat.core.redaction import redact, redact_content
from amanat.core.room_versions import RoomVersion

MAX_EVENT_BYTES = 65_536
"""Spec: client-server-api#size-limits."""
_HASHES_BYTES = len('"hashes":{"sha256":""},') + 43
_SIGNATURE_BYTES = 150
"""A signature of ours, less the server's name: room is left for it because it is made long after the sending."""


class Draft(Struct, frozen=True, kw_only=True, gc=False):
    """What somebody asks to be sent; `room_id` is empty in a create event whose hash will be the room's id."""

    room_id: str
    type: str
    sender: str
    content: dict[str, Any]
    origin_server_ts: int
    state_key: str | None = None
    redacts: str | None = None


class Event(Struct, frozen=True, kw_only=True, gc=False):
    """An event as clients see it, without `unsigned`."""

    event_id: str
    room_id: str
    type: str
    sender: str
    content: dict[str, Any]
    origin_server_ts: int
    state_key: str | None = None
    redacts: str | None = None


class Built(Struct, frozen=True, kw_only=True, gc=False):
    """An event and what is stored of it: what clients are sent, and what only its hashes and other servers need."""

    event: Event
    client_json: bytes
    pdu_extra: bytes


class _Pdu(Struct, gc=False):
    """Fields in canonical order, so that encoding them as they stand is canonical."""

    auth_events: list[str]
    content: Raw
    depth: int
    hashes: dict[str, str] | UnsetType
    origin_server_ts: int
    prev_events: list[str]
    redacts: str | UnsetType
    room_id: str | UnsetType
    sender: str
    state_key: str | UnsetType
    type: str


class _Client(Struct, gc=False):
    """Fields in canonical order; `content` is spliced as it was encoded for hashing."""

    content: Raw
    event_id: str
    origin_server_ts: int
    redacts: str | UnsetType
    room_id: str
    sender: str
    state_key: str | UnsetType
    type: str


class _Extra(Struct, gc=False):
    auth_events: list[str]
    depth: int
    hashes: dict[str, str]
    prev_events: list[str]


_EMPTY = Raw(b"{}")
_encode = msgspec.json.Encoder().encode
_read = msgspec.json.Decoder(Event).decode


def read(client_json: bytes) -> Event:
    """Read an event back from what was stored for clients."""
    return _read(client_json)


def build(draft: Draft, *, version: RoomVersion, depth: int, prev_events: list[str], auth_events: list[str]) -> Built:
    """Hash a draft into an event, whose id is its reference hash; it is not authorised here."""
    _refuse_long_ids(draft)
    redacts = _redaction_target(draft)
    # Clients are shown a redaction's target in both places, whatever the version. Spec: rooms/v11#event-format
    shown = {**draft.content, "redacts": redacts} if redacts else draft.content
    shown_raw = Raw(canonical_json.encode(shown))
    redacts_outside = UNSET if redacts is None or version.redacts_in_content else redacts
    whole = _Pdu(
        auth_events=auth_events,
        content=Raw(canonical_json.encode(_without(shown, "redacts"))) if redacts_outside else shown_raw,
        depth=depth,
        hashes=UNSET,
        origin_server_ts=draft.origin_server_ts,
        prev_events=prev_events,
        redacts=redacts_outside,
        room_id=UNSET if _names_its_room(draft.type, version) else draft.room_id,
        sender=draft.sender,
        state_key=UNSET if draft.state_key is None else draft.state_key,
        type=draft.type,
    )
    hashes, event_id = _hash(whole, shown, version)
    event = Event(
        event_id=event_id,
        room_id="!" + event_id[1:] if whole.room_id is UNSET else draft.room_id,
        type=draft.type,
        sender=draft.sender,
        content=shown,
        origin_server_ts=draft.origin_server_ts,
        state_key=draft.state_key,
        redacts=redacts,
    )
    extra = _Extra(auth_events=auth_events, depth=depth, hashes=hashes, prev_events=prev_events)
    return Built(event=event, client_json=_client_json(event, shown_raw), pdu_extra=_encode(extra))


def pdu(client_json: bytes, pdu_extra: bytes, *, version: RoomVersion) -> dict[str, Any]:
    """Put a stored event together again as the PDU that was hashed, or as what its redaction left of that."""
    event: dict[str, Any] = msgspec.json.decode(client_json)
    extra: dict[str, Any] = msgspec.json.decode(pdu_extra)
    del event["event_id"]
    if _names_its_room(event["type"], version):
        del event["room_id"]
    if "redacts" in event:
        del (event if version.redacts_in_content else event["content"])["redacts"]
    return event | extra


def content_hash(pdu: dict[str, Any]) -> str:
    """Spec: server-server-api#calculating-the-content-hash-for-an-event."""
    left_out = ("unsigned", "signatures", "hashes")
    return _base64(canonical_json.encode(_without(pdu, *left_out)))


def event_id_of(pdu: dict[str, Any], version: RoomVersion) -> str:
    """Spec: rooms/v12#event-ids."""
    return "$" + _url_safe(_base64(essential_json(pdu, version)))


def essential_json(pdu: dict[str, Any], version: RoomVersion) -> bytes:
    """Return what is hashed into the event's id, and signed. Spec: server-server-api#signing-events."""
    redacted = redact(pdu, version)
    redacted.pop("signatures", None)
    return canonical_json.encode(redacted)


def _hash(whole: _Pdu, content: dict[str, Any], version: RoomVersion) -> tuple[dict[str, str], str]:
    """Return the content hash and the event id; `whole` is reduced to its essentials on the way."""
    document = _encode(whole)
    if len(document) + _HASHES_BYTES + _SIGNATURE_BYTES + len(server_of(whole.sender)) > MAX_EVENT_BYTES:
        raise TooLarge(f"An event, with its signature, may have {MAX_EVENT_BYTES} bytes.")
    kept = redact_content(whole.type, content, version=version)
    whole.hashes = hashes = {"sha256": _base64(document)}
    whole.content = Raw(canonical_json.encode_checked(kept)) if kept else _EMPTY
    whole.redacts = UNSET
    return hashes, "$" + _url_safe(_base64(_encode(whole)))


def _client_json(event: Event, content: Raw) -> bytes:
    client = _Client(
        content=content,
        event_id=event.event_id,
        origin_server_ts=event.origin_server_ts,
        redacts=event.redacts or UNSET,
        room_id=event.room_id,
        sender=event.sender,
        state_key=UNSET if event.state_key is None else event.state_key,
        type=event.type,
    )
    return _encode(client)


def _refuse_long_ids(draft: Draft) -> None:
    """Spec: client-server-api#size-limits; U+0000 is refused because databases disagree about it."""
    for name in (draft.type, draft.sender, draft.room_id, draft.state_key):
        # Most are short: 63 characters are at most 252 bytes.
        if name and (len(name) > 63 or "\0" in name) and not fits(name):
            if "\0" in name:
                raise InvalidParam("An id, type or state key holds U+0000.")
            raise TooLarge(f"Ids, types and state keys may have {MAX_ID_BYTES} bytes.")


def _redaction_target(draft: Draft) -> str | None:
    if draft.type != "m.room.redaction":
        return None
    target = draft.redacts or draft.content.get("redacts")
    return target if isinstance(target, str) and target else None


def _names_its_room(event_type: str, version: RoomVersion) -> bool:
    """Whether the room's id is this event's hash, which the event itself cannot hold."""
    return version.room_id_is_hash and event_type == "m.room.create"


def _without(document: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key not in keys}


def _base64(document: bytes) -> str:
    """Return the SHA-256 as unpadded Base64."""
    return binascii.b2a_base64(hashlib.sha256(document).digest(), newline=False)[:43].decode()


def _url_safe(base64: str) -> str:
    return base64.replace("+", "-").replace("/", "_")
