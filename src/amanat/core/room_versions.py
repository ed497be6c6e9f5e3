"""Room versions that this server makes and what differs between them. Spec: rooms/v10, rooms/v11, rooms/v12."""

from msgspec import Struct


class RoomVersion(Struct, frozen=True, kw_only=True):
    """What the rules ask of a version; a rule never looks at its number."""

    id: str
    creator_in_content: bool
    """The create event names its creator in its content, not by its sender. Spec: rooms/v11#event-format."""
    redacts_in_content: bool
    """What a redaction redacts stands in its content, not at its top level. Spec: rooms/v11#event-format."""
    redaction_keeps_create: bool
    """Redaction follows rooms/v11#redactions, not rooms/v10#redactions."""
    room_id_is_hash: bool
    """The room's id is its create event's, with another sigil; no event cites it. Spec: rooms/v12#event-format."""
    creators_above_all: bool
    """Creators stand above every power level, and no power levels name them. Spec: rooms/v12#authorisation-rules."""


_V10 = RoomVersion(
    id="10",
    creator_in_content=True,
    redacts_in_content=False,
    redaction_keeps_create=False,
    room_id_is_hash=False,
    creators_above_all=False,
)
_V11 = RoomVersion(
    id="11",
    creator_in_content=False,
    redacts_in_content=True,
    redaction_keeps_create=True,
    room_id_is_hash=False,
    creators_above_all=False,
)
_V12 = RoomVersion(
    id="12",
    creator_in_content=False,
    redacts_in_content=True,
    redaction_keeps_create=True,
    room_id_is_hash=True,
    creators_above_all=True,
)

ROOM_VERSIONS: dict[str, RoomVersion] = {version.id: version for version in (_V10, _V11, _V12)}
DEFAULT_ROOM_VERSION = "12"
