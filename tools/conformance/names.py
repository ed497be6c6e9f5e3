"""Names of the prepared world's things: requests are written with them, and get the real ids when they are sent.

`!private`, `$hello`, `FILTER`, ... stand for ids that the server chose. So one drawn request is good for every server,
and a failure reads as a sentence.
"""

from typing import Any, Final

import schemathesis
from hypothesis import strategies as st

_USERS: Final = [
    "@alice",
    "@alice",
    "@alice",
    "@alice",
    "@bob",
    "@carol",
    "@nobody:localhost",
    "@someone:elsewhere.example",
    "alice",
]
_ROOMS: Final = ["!private", "!private", "!public", "!public", "!space", "!invites", "!nothing:localhost"]
_EVENTS: Final = ["$hello", "$hello", "$said", "$said", "$root", "$name", "$redacted", "$nothing"]
_ALIASES: Final = ["#public", "#public", "#free", "#nothing:localhost", "#public:elsewhere.example"]
_TYPES: Final = ["m.room.message", "m.room.encrypted", "m.reaction", "org.example.thing", "m.room.member"]
_FILTER: Final = '{"room":{"timeline":{"limit":2,"not_types":["m.room.message"]},"state":{"lazy_load_members":true}}}'

FORMATS: Final[dict[str, list[str]]] = {
    "mx-user-id": _USERS,
    "mx-room-id": _ROOMS,
    "mx-event-id": _EVENTS,
    "mx-room-alias": _ALIASES,
    "mx-mxc-uri": ["mxc://localhost/FILE", "mxc://localhost/PICTURE", "mxc://localhost/nothing", "http://example.org"],
    "mx-server-name": ["localhost", "localhost", "localhost", "elsewhere.example", "elsewhere.example:99999"],
}
"""The specification's own formats of strings, and what of the world stands for each."""

PARAMETERS: Final[dict[str, list[str]]] = {
    "deviceId": ["DEVICE", "DEVICE", "SPARE", "NOTHING"],
    "eventId": _EVENTS,
    "eventType": [*_TYPES, "m.room.name", "m.room.power_levels", "m.room.create", "m.room_key_request", "m.dummy"],
    "stateKey": ["", "@alice", "@bob", "key"],
    "txnId": ["t1", "t2", "t3"],
    "version": ["BACKUP", "BACKUP", "BACKUP", "99", "none"],
    "filterId": ["FILTER", "FILTER", "99", "none"],
    "mediaId": ["FILE", "PICTURE", "PICTURE", "nothing", "../../secret.key"],
    "fileName": ["picture.png", 'a "name".txt', "r\u00e9sum\u00e9.pdf"],
    "type": ["org.example.setting", "org.example.setting", "m.direct", "m.fully_read", "m.push_rules"],
    "tag": ["u.work", "m.favourite", "u.none"],
    "ruleId": [".m.rule.master", ".m.rule.contains_display_name", "loud", "loud", "!private", "none"],
    "keyName": ["displayname", "avatar_url", "m.tz", "org.example.field"],
    "relType": ["m.thread", "m.annotation", "m.replace", "m.reference", "org.example.relation"],
    "sessionId": ["session", "session", "none"],
    "roomIdOrAlias": [*_ROOMS, *_ALIASES],
    "userId": _USERS,
    "roomId": _ROOMS,
    "protocol": ["irc", "none"],
    "since": ["SINCE", "SINCE", "v1.00000000.1.1", "none"],
    "from": ["SINCE", "none"],
    "to": ["SINCE", "none"],
    "filter": ["FILTER", "FILTER", _FILTER, "{}", "{", "99"],
    "username": ["alice", "free", "FREE NAME", "@alice"],
}
"""Parameters that the specification gives no format, by their names."""

FIELDS: Final[dict[str, list[str]]] = {
    "room_version": ["10", "11", "12", "12", "1", "none"],
    "room_alias_name": ["some", "some other", "public"],
    "device_id": ["DEVICE", "SPARE", "NOTHING"],
    "room_id": _ROOMS,
    "user_id": _USERS,
    "event_id": _EVENTS,
    "version": ["BACKUP", "99"],
    "new_version": ["10", "11", "12", "1", "none"],
    "session_id": ["session", "none"],
}
"""The same for fields of bodies."""

_PREFIX: Final = "amanat-"


def format_of(kind: str, name: str) -> str:
    """Return the format that draws a parameter (`kind` "parameter") or a field of a body from the world."""
    return f"{_PREFIX}{kind}-{name}"


def register() -> None:
    """Teach `schemathesis` to draw the names, four times out of five, and odd strings else."""
    for name, values in FORMATS.items():
        schemathesis.openapi.format(name, _mostly(values))
    for kind, table in (("parameter", PARAMETERS), ("field", FIELDS)):
        for name, values in table.items():
            schemathesis.openapi.format(format_of(kind, name), _mostly(values))


def _mostly(values: list[str]) -> st.SearchStrategy[str]:
    # A surrogate has no UTF-8: `tests/client_api/test_bad_input.py` sends those as escapes.
    odd = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
    return st.integers(0, 4).flatmap(lambda turn: odd if turn == 4 else st.sampled_from(values))


def fill(value: Any, ids: dict[str, str]) -> Any:
    """Put ids in the place of their names, wherever a string of a JSON value is one."""
    if isinstance(value, str):
        return ids.get(value) or _within(value, ids)
    if isinstance(value, list):
        return [fill(item, ids) for item in value]
    if isinstance(value, dict):
        return {fill(key, ids): fill(item, ids) for key, item in value.items()}
    return value


def _within(value: str, ids: dict[str, str]) -> str:
    """Fill the last part of an address of media: `mxc://localhost/FILE`."""
    if not value.startswith("mxc://"):
        return value
    head, _, name = value.rpartition("/")
    return f"{head}/{ids.get(name, name)}"
