"""The five classes of room and what each allows: one table. Pure.

A class stands in `m.room.create`, so it is hashed with the room and never changes; an upgrade copies it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from amanat.core.errors import InvalidParam
from amanat.core.identifiers import CLASS_KEY, RETENTION_TYPE

_BY_INVITATION = frozenset({"invite", "knock", "restricted", "knock_restricted"})
_MEMBERS_ONLY = frozenset({"shared", "invited", "joined"})
_CHANGE_LEVELS: Mapping[str, int] = MappingProxyType(
    {
        "m.room.encryption": 100,
        "m.room.history_visibility": 100,
        "m.room.join_rules": 100,
        "m.room.power_levels": 100,
        "m.room.server_acl": 100,
        "m.room.tombstone": 100,
        RETENTION_TYPE: 100,
        "m.room.name": 50,
        "m.room.topic": 50,
        "m.room.avatar": 50,
        "m.room.canonical_alias": 50,
    }
)
_SET_ONCE = frozenset({"m.room.join_rules", "m.room.history_visibility", "m.room.guest_access"})


class RoomClass(Struct, frozen=True, kw_only=True):
    """What rooms of one class allow, whoever asks.

    `change_levels` are the power levels that a new room asks for, by type of state; its owner may change them later.
    What is `sealed` is set when the room is made and never again.
    """

    name: str
    meaning: str
    born_encrypted: bool
    join_rules: frozenset[str]
    default_join_rule: str
    history_visibilities: frozenset[str]
    default_history_visibility: str = "shared"
    listed: bool
    guests: bool = False  # there are none on this server, in any class
    change_levels: Mapping[str, int] = _CHANGE_LEVELS
    sealed: frozenset[str] = frozenset()


PRIVATE = RoomClass(
    name="private",
    meaning="A chat of two or a group: who is in it can read it, and nobody else.",
    born_encrypted=True,
    join_rules=_BY_INVITATION,
    default_join_rule="invite",
    history_visibilities=_MEMBERS_ONLY,
    listed=False,
)
PUBLIC = RoomClass(
    name="public",
    meaning="Anybody may find and join it, so it is not encrypted unless its owner turns encryption on.",
    born_encrypted=False,
    join_rules=_BY_INVITATION | {"public"},
    default_join_rule="public",
    history_visibilities=_MEMBERS_ONLY | {"world_readable"},
    listed=True,
)
COMMUNITY = RoomClass(
    name="community",
    meaning="A space with its announcement room and sub-groups; read by its members.",
    born_encrypted=False,
    join_rules=_BY_INVITATION | {"public"},
    default_join_rule="knock",
    history_visibilities=_MEMBERS_ONLY,
    listed=True,
)
TRANSACTION = RoomClass(
    name="transaction",
    meaning="A chat that opens and closes with an order, a ride or an application.",
    born_encrypted=True,
    join_rules=frozenset({"invite"}),
    default_join_rule="invite",
    history_visibilities=_MEMBERS_ONLY,
    listed=False,
    sealed=_SET_ONCE,
)
BUSINESS = RoomClass(
    name="business",
    meaning="A person and a business or a public office, whose key holders the app names.",
    born_encrypted=True,
    join_rules=frozenset({"invite"}),
    default_join_rule="invite",
    history_visibilities=_MEMBERS_ONLY,
    listed=False,
    sealed=_SET_ONCE,
)

CLASSES: dict[str, RoomClass] = {each.name: each for each in (PRIVATE, PUBLIC, COMMUNITY, TRANSACTION, BUSINESS)}

# Other classes come only through their product's API, never through createRoom.
_OF_PRESET: dict[str, RoomClass] = {
    "private_chat": PRIVATE,
    "trusted_private_chat": PRIVATE,
    "public_chat": PUBLIC,
}
_OF_VISIBILITY: dict[str, RoomClass] = {"private": PRIVATE, "public": PUBLIC}


def class_for(*, preset: str | None, visibility: str | None, creation_content: Mapping[str, Any]) -> RoomClass:
    """Say which class a client's createRoom asks for. spec: client-server-api#post_matrixclientv3createroom."""
    seen_as = _OF_VISIBILITY.get(visibility or "private")
    if seen_as is None:
        raise InvalidParam("`visibility` must be `public` or `private`.")
    chosen = seen_as if preset is None else _OF_PRESET.get(preset)
    if chosen is None:
        raise InvalidParam(f"`preset` must be one of {', '.join(_OF_PRESET)}.")
    if seen_as.listed and not chosen.listed:
        raise InvalidParam("A private room is never listed: leave `visibility` private, or use the preset public_chat.")
    if creation_content.get(CLASS_KEY, chosen.name) != chosen.name:
        raise InvalidParam(f"`{CLASS_KEY}` is set by the server: leave it out, this room will be {chosen.name}.")
    return chosen


def of_create(content: Mapping[str, Any]) -> RoomClass:
    """Return the class in the content of `m.room.create`; a room that names none is held to the strictest."""
    name = content.get(CLASS_KEY)
    return CLASSES.get(name, PRIVATE) if isinstance(name, str) else PRIVATE
