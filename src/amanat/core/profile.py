"""Profiles: which fields there are and what they may hold. Pure. Spec: client-server-api#profiles."""

import re
from typing import Any, Final

from amanat.core import canonical_json
from amanat.core.errors import BadJson, Forbidden, InvalidParam, KeyTooLarge
from amanat.core.identifiers import BOT_FIELD, HANDLE_FIELD, KEY_HOLDERS_FIELD, MAX_ID_BYTES, NAMESPACE, PROGRAMS_FIELD
from amanat.core.key_statements import check_shape

DISPLAYNAME: Final = "displayname"
AVATAR_URL: Final = "avatar_url"
TIME_ZONE: Final = "m.tz"
SHOWN_IN_ROOMS: Final = (DISPLAYNAME, AVATAR_URL)
"""Fields that member events repeat."""

MAX_PROFILE_BYTES: Final = 64 * 1024
_MAX_LENGTH: Final = {DISPLAYNAME: 256, AVATAR_URL: 1000, TIME_ZONE: 255}
# spec: appendices#common-namespaced-identifier-grammar
_CUSTOM = re.compile(r"[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)+")
_OWN: Final = (HANDLE_FIELD, KEY_HOLDERS_FIELD, PROGRAMS_FIELD, BOT_FIELD)
"""Of our namespace, those that people and services set."""
_MXC = re.compile(r"mxc://[^/\s]+/[A-Za-z0-9_-]+")


def check_name(field: str) -> None:
    """Refuse what cannot be the name of a field, or is not for people to set."""
    if len(field.encode("utf-8", "surrogatepass")) > MAX_ID_BYTES:
        raise KeyTooLarge
    if field not in _MAX_LENGTH and _CUSTOM.fullmatch(field) is None:
        raise InvalidParam("A profile field is displayname, avatar_url, m.tz, or a name like org.example.field.")
    if field.startswith(f"{NAMESPACE}.") and field not in _OWN:
        raise Forbidden(f"Fields that begin with {NAMESPACE} are set by this server alone.")


def is_removal(field: str, value: Any) -> bool:
    """Whether setting this removes the field: clients of before there was a DELETE set an empty name."""
    return field in (*SHOWN_IN_ROOMS, HANDLE_FIELD) and value in (None, "")


def check_value(field: str, value: Any) -> None:
    """Refuse what a field of the specification cannot hold; a custom one holds any JSON."""
    if field == KEY_HOLDERS_FIELD:
        # Whose signatures it has is for those to check who read it: the server is none that they would believe.
        check_shape(value)
    longest = _MAX_LENGTH.get(field)
    if longest is None and field != HANDLE_FIELD:
        return
    if not isinstance(value, str):
        raise BadJson(f"The field {field} must be a string.")
    if longest is not None and len(value) > longest:
        raise InvalidParam(f"The field {field} has at most {longest} characters.")
    if field == AVATAR_URL and _MXC.fullmatch(value) is None:
        raise InvalidParam("An avatar is given as mxc://server/media.")


def size(field: str, value: bytes) -> int:
    """Return how much a field counts towards the profile's limit: `"field":value,`."""
    return len(canonical_json.encode(field)) + len(value) + 2


def search_name(displayname: str) -> str:
    """Return what a search looks for a name in."""
    return displayname.casefold().replace("\0", "")
