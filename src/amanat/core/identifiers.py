"""Names of users, rooms, aliases and events, and our own namespace. Spec: appendices#identifier-grammar."""

import re

NAMESPACE = "id.amanat"
"""Prefix of our own event types, profile fields and content keys."""
ERROR_NAMESPACE = "ID.AMANAT_"
"""Prefix of our own error codes."""

CLASS_KEY = f"{NAMESPACE}.class"
HANDLE_FIELD = f"{NAMESPACE}.handle"
KEY_HOLDERS_FIELD = f"{NAMESPACE}.key_holders"
KEY_HOLDERS_PROPOSED = f"{KEY_HOLDERS_FIELD}.proposed"
PROGRAMS_FIELD = f"{NAMESPACE}.programs"
BOT_FIELD = f"{NAMESPACE}.bot"
HOSTING = f"{NAMESPACE}.hosting"
MEDIA_KEY = f"{NAMESPACE}.media"
RETENTION_TYPE = f"{NAMESPACE}.retention"
SECURITY_TYPE = f"{NAMESPACE}.security"

MAX_ID_BYTES = 255
"""User, room, alias and event ids, event types and state keys. Spec: client-server-api#size-limits."""

_LOCALPART = re.compile(r"[a-z0-9._=/+-]+")
_SERVER_NAME = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9A-Fa-f:.]{2,45}\]|[0-9A-Za-z.-]{1,255})(?::\d{1,5})?")


def is_server_name(name: str) -> bool:
    """Spec: appendices#server-name."""
    return _SERVER_NAME.fullmatch(name) is not None and len(name) <= 230


def is_localpart(localpart: str) -> bool:
    """Whether a new user may be called so. Spec: appendices#user-identifiers."""
    return _LOCALPART.fullmatch(localpart) is not None


def fits(identifier: str) -> bool:
    """Whether an id, type or state key is within 255 bytes and free of U+0000."""
    return len(identifier.encode("utf-8", "surrogatepass")) <= MAX_ID_BYTES and "\0" not in identifier


def is_user_id(user_id: str) -> bool:
    """Accept what any server may have minted: `@localpart:server`, historical localparts included."""
    return _has_shape(user_id, "@")


def is_alias(alias: str) -> bool:
    """Spec: appendices#room-aliases."""
    return _has_shape(alias, "#")


def is_room_id(room_id: str) -> bool:
    """Accept `!opaque:server` and, from room version 12, `!hash`. Spec: appendices#room-ids."""
    return room_id.startswith("!") and len(room_id) > 1 and fits(room_id)


def is_event_id(event_id: str) -> bool:
    """Spec: appendices#event-ids."""
    return event_id.startswith("$") and len(event_id) > 1 and fits(event_id)


def _has_shape(identifier: str, sigil: str) -> bool:
    localpart, colon, server = identifier[1:].partition(":")
    return (
        identifier.startswith(sigil) and bool(localpart) and bool(colon) and is_server_name(server) and fits(identifier)
    )


def server_of(identifier: str) -> str:
    """Return the server part of a user id or alias; empty if it has none."""
    return identifier.partition(":")[2]


def localpart_of(identifier: str) -> str:
    """Return what stands between the sigil and the first colon."""
    return identifier[1:].partition(":")[0]
