"""What somebody who is not in a room may be told of it. Pure.

Spec: client-server-api#get_matrixclientv1room_summaryroomidoralias.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from amanat.core.identifiers import is_alias
from amanat.core.restricted_join import is_restricted, rooms_allowed

ContentOf = Callable[[str], Mapping[str, Any]]
"""A room's current state: the content of a type with an empty state key, empty if there is none."""

_KNOCKABLE = frozenset({"knock", "knock_restricted"})


def listing(content_of: ContentOf, *, room_id: str, joined: int) -> dict[str, Any]:
    """Return a room as the public directory lists it; what is not of the right type is left out."""
    entry: dict[str, Any] = {
        "room_id": room_id,
        "num_joined_members": joined,
        "world_readable": is_world_readable(content_of),
        "guest_can_join": False,  # there are no guests on this server
        "join_rule": join_rule(content_of),
    }
    alias = _text(content_of("m.room.canonical_alias").get("alias"))
    avatar = _text(content_of("m.room.avatar").get("url"))
    found = {
        "name": _text(content_of("m.room.name").get("name")),
        "topic": _text(content_of("m.room.topic").get("topic")),
        "canonical_alias": alias if alias and is_alias(alias) else None,
        "avatar_url": avatar if avatar and avatar.startswith("mxc://") else None,
        "room_type": _text(content_of("m.room.create").get("type")),
    }
    return entry | {key: value for key, value in found.items() if value}


def summary(content_of: ContentOf, *, room_id: str, joined: int) -> dict[str, Any]:
    """Return a room as `/room_summary` and `/hierarchy` tell it."""
    more = {
        "room_version": _text(content_of("m.room.create").get("room_version")),
        "encryption": _text(content_of("m.room.encryption").get("algorithm")),
        "allowed_room_ids": rooms_allowed(content_of("m.room.join_rules")),
    }
    known = {key: value for key, value in more.items() if value}
    return listing(content_of, room_id=room_id, joined=joined) | known


def is_open_to(content_of: ContentOf, *, membership: str, joined_rooms: Callable[[], Collection[str]]) -> bool:
    """Whether somebody may be told of a room: they are in it, may join or knock, or anybody may read it."""
    if membership in ("join", "invite") or is_world_readable(content_of):
        return True
    if membership == "ban":
        return False
    if membership == "knock" or join_rule(content_of) in ("public", *_KNOCKABLE):
        return True
    rules = content_of("m.room.join_rules")
    return is_restricted(rules) and not set(rooms_allowed(rules)).isdisjoint(joined_rooms())


def matches(entry: Mapping[str, Any], *, term: str, room_types: Collection[str | None] | None) -> bool:
    """Whether a listed room is searched for: its name, topic or alias holds `term`, whatever the case."""
    if room_types is not None and entry.get("room_type") not in room_types:
        return False
    folded = term.casefold()
    return not folded or any(folded in entry.get(key, "").casefold() for key in ("name", "topic", "canonical_alias"))


def join_rule(content_of: ContentOf) -> str:
    """Spec: client-server-api#mroomjoin_rules."""
    return _text(content_of("m.room.join_rules").get("join_rule")) or "invite"


def is_world_readable(content_of: ContentOf) -> bool:
    """Spec: client-server-api#room-history-visibility."""
    return content_of("m.room.history_visibility").get("history_visibility") == "world_readable"


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
