"""The gate: the one check that refuses clear content in an encrypted room, and between devices. Pure.

It stops mistakes and old apps, not somebody who dresses text as ciphertext. There is no switch in here, and no
exception for an administrator: every way into a room calls these functions. Each refusal is one sentence that says
why and what to do.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from amanat.core.errors import Forbidden, InvalidParam
from amanat.core.events import Draft
from amanat.core.gate_shapes import TOKEN, Shape, entry_for, is_base64, missing_keys
from amanat.core.gate_tables import ENCRYPT_STATE_KEYS, MAX_CIPHERTEXT, MAX_KEY, MEGOLM, MESSAGES, OLM, STATE, TO_DEVICE
from amanat.core.gate_verification import REQUEST_MSGTYPE
from amanat.core.room_classes import RoomClass

ENCRYPTION = "m.room.encryption"
DEFAULT_ENCRYPTION = {"algorithm": MEGOLM}
# What clients use where the event is silent. spec: client-server-api#mroomencryption
_DEFAULT_ROTATION = {"rotation_period_ms": 604_800_000, "rotation_period_msgs": 100}

_KEY_LEAKS = frozenset(
    {"m.room_key", "m.forwarded_room_key", "m.secret.send", "m.room_key_bundle", "io.element.msc4268.room_key_bundle"}
)
# Redacting these would empty what the gate and the class stand on, though the event stays in the room's state.
_NEVER_REDACTED = frozenset({ENCRYPTION, "m.room.create"})


class HasContent(Protocol):
    """A state event, as far as the gate looks at it."""

    @property
    def content(self) -> dict[str, Any]: ...


StateGet = Callable[[str, str], HasContent | None]
"""A room's current state by type and state key: `RoomState.get` is one."""


def is_gated(room_class: RoomClass, state_get: StateGet) -> bool:
    """Say whether clear content is refused here: the class is born encrypted or encryption was turned on."""
    return room_class.born_encrypted or state_get(ENCRYPTION, "") is not None


def check_message(event_type: str, content: dict[str, Any]) -> None:
    """Refuse a message event that says in clear, in an encrypted room, more than `MESSAGES` lets it.

    A redaction must have gone through `strip_redaction`: its reason is refused here, so that it cannot be stored.
    """
    if event_type == "m.room.encrypted" and _is_usual_megolm(content):
        return
    entry = MESSAGES.get(event_type)
    if entry is not None and entry.content.fits(content):
        return
    if entry is None or (event_type == "m.room.message" and content.get("msgtype") != REQUEST_MSGTYPE):
        raise Forbidden(
            f"This room is end-to-end encrypted, so `{_short(event_type)}` is not taken in clear: "
            "encrypt it and send it as `m.room.encrypted`."
        )
    raise Forbidden(_complaint(event_type, entry.content, content, remedy="put it inside the ciphertext"))


def strip_redaction(content: Mapping[str, Any]) -> dict[str, Any]:
    """Drop the reason of a redaction: people quote there what they want gone."""
    return {key: value for key, value in content.items() if key != "reason"}


def check_redaction(event_type: str, state_key: str | None) -> None:
    """Refuse to redact the state that makes a room encrypted or says its class."""
    if state_key is not None and event_type in _NEVER_REDACTED:
        raise Forbidden(f"`{event_type}` cannot be redacted: the room would lose what keeps it encrypted.")


def check_state(draft: Draft, *, room_class: RoomClass, state_get: StateGet, from_upgrade: bool = False) -> None:
    """Refuse a state event that the room's class forbids or, in an encrypted room, that `STATE` does not know."""
    check_class_state(draft, room_class=room_class, state_get=state_get, from_upgrade=from_upgrade)
    if not is_gated(room_class, state_get):
        return
    entry = STATE.get(draft.type)
    if entry is None:
        raise Forbidden(
            f"This room is end-to-end encrypted, and `{_short(draft.type)}` is not among the state that may be in "
            "clear: send it as an encrypted message, or as encrypted state."
        )
    if not entry.state_key.fits(draft.state_key):
        raise Forbidden(f"The state key of `{draft.type}` must be {entry.state_key.words}.")
    if not entry.content.fits(draft.content):
        raise Forbidden(_complaint(draft.type, entry.content, draft.content, remedy="leave it out"))


def check_class_state(draft: Draft, *, room_class: RoomClass, state_get: StateGet, from_upgrade: bool = False) -> None:
    """Refuse what a room's class forbids, encrypted or not."""
    if draft.type == ENCRYPTION:
        _check_encryption(state_get(ENCRYPTION, ""), draft)
    elif draft.type == "m.room.tombstone" and not from_upgrade:
        raise Forbidden("A room is replaced only through `/upgrade`, so that nobody is led into a room in clear.")
    elif draft.type == "m.room.third_party_invite":
        raise Forbidden("This server has no invitations by e-mail or number: invite by user id.")
    elif draft.type in room_class.sealed and state_get(draft.type, draft.state_key or "") is not None:
        raise Forbidden(f"`{draft.type}` of a {room_class.name} room is set when it is made and cannot be changed.")
    elif draft.type == "m.room.join_rules":
        _check_choice(room_class, "join_rule", draft.content, room_class.join_rules)
    elif draft.type == "m.room.history_visibility":
        _check_choice(room_class, "history_visibility", draft.content, room_class.history_visibilities)


def encryption_for(room_class: RoomClass, client_initial_state: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the content of `m.room.encryption` that a new room is born with; None if it is born without.

    The client's own is kept if it is valid; where the class needs encryption and the client is silent, ours is added.
    """
    wanted = [event for event in client_initial_state if event.get("type") == ENCRYPTION]
    if not wanted:
        return dict(DEFAULT_ENCRYPTION) if room_class.born_encrypted else None
    if len(wanted) > 1:
        raise InvalidParam(f"`initial_state` may carry `{ENCRYPTION}` once.")
    content, shape = wanted[0].get("content"), STATE[ENCRYPTION].content
    if wanted[0].get("state_key", "") != "":
        raise InvalidParam(f"The state key of `{ENCRYPTION}` must be empty.")
    if not isinstance(content, dict) or not shape.fits(content):
        raise InvalidParam(_complaint(ENCRYPTION, shape, content, remedy="leave it out"))
    return content


def check_to_device(event_type: str, content: dict[str, Any]) -> None:
    """Refuse a to-device message that says in clear more than `TO_DEVICE` lets it."""
    if event_type == "m.room.encrypted" and _is_usual_olm(content):
        return
    entry = TO_DEVICE.get(event_type)
    if entry is not None and entry.content.fits(content):
        return
    if event_type in _KEY_LEAKS:
        raise Forbidden(
            f"`{event_type}` in clear would hand the server a key that opens messages: "
            "encrypt it with Olm and send it as `m.room.encrypted`."
        )
    if entry is None:
        raise Forbidden(
            f"`{_short(event_type)}` is not among the to-device messages that may be in clear: "
            "encrypt it with Olm and send it as `m.room.encrypted`."
        )
    raise Forbidden(_complaint(event_type, entry.content, content, remedy="encrypt it with Olm"))


def tightens(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Say whether valid encryption settings are at least as strict as the room's: nothing slower, nothing dropped."""
    slower = any(_period(new, key) > _period(old, key) for key in _DEFAULT_ROTATION)
    dropped = any(old.get(key) is True and new.get(key) is not True for key in ENCRYPT_STATE_KEYS)
    return not slower and not dropped and new.get("algorithm") == old.get("algorithm")


def _is_usual_megolm(content: dict[str, Any]) -> bool:
    """Recognise what every client sends, in one pass, as `_is_usual_olm` does. Never wider than the table."""
    if len(content) != 5 or content.get("algorithm") != MEGOLM:
        return False
    ciphertext, session_id, sender_key = content.get("ciphertext"), content.get("session_id"), content.get("sender_key")
    return (
        type(ciphertext) is str
        and type(session_id) is str
        and type(sender_key) is str
        and 0 < len(ciphertext) <= MAX_CIPHERTEXT
        and 0 < len(session_id) <= MAX_KEY
        and 0 < len(sender_key) <= MAX_KEY
        and is_base64(f"{session_id}{sender_key}{ciphertext}")
        and TOKEN.fits(content.get("device_id"))
    )


def _is_usual_olm(content: dict[str, Any]) -> bool:
    """Recognise what every client sends, in one pass: a batch may hold 5,000. Never wider than the table.

    A third of the table's time: the three strings are scanned as one, and nothing is called per key.
    """
    ciphertext, sender_key = content.get("ciphertext"), content.get("sender_key")
    has_id = "org.matrix.msgid" in content
    if (
        len(content) != 3 + has_id
        or type(ciphertext) is not dict
        or len(ciphertext) != 1
        or content.get("algorithm") != OLM
    ):
        return False
    [(recipient, message)] = ciphertext.items()
    if type(message) is not dict or len(message) != 2 or type(sender_key) is not str:
        return False
    body, kind = message.get("body"), message.get("type")
    return (
        type(body) is str
        and type(kind) is int
        and 0 <= kind <= 1
        and 0 < len(recipient) <= MAX_KEY
        and 0 < len(sender_key) <= MAX_KEY
        and 0 < len(body) <= MAX_CIPHERTEXT
        and is_base64(f"{sender_key}{recipient}{body}")
        and (not has_id or TOKEN.fits(content["org.matrix.msgid"]))
    )


def _period(settings: Mapping[str, Any], key: str) -> int:
    period = settings.get(key)
    return period if type(period) is int else _DEFAULT_ROTATION[key]


def _check_encryption(old: HasContent | None, draft: Draft) -> None:
    if draft.state_key != "":
        raise Forbidden(f"The state key of `{ENCRYPTION}` must be empty.")
    shape = STATE[ENCRYPTION].content
    if not shape.fits(draft.content):
        raise Forbidden(_complaint(ENCRYPTION, shape, draft.content, remedy="leave it out"))
    if old is not None and not tightens(old.content, draft.content):
        raise Forbidden(
            "Encryption cannot be removed, replaced or loosened: only a smaller rotation period or the flag for "
            "encrypted state is taken."
        )


def _check_choice(room_class: RoomClass, key: str, content: Mapping[str, Any], allowed: frozenset[str]) -> None:
    value = content.get(key)
    if not isinstance(value, str) or value not in allowed:
        raise Forbidden(f"In a {room_class.name} room `{key}` must be one of {', '.join(sorted(allowed))}.")


def _complaint(event_type: str, shape: Shape, content: Any, *, remedy: str) -> str:
    """Name the first key that does not fit, and what would."""
    if not isinstance(content, dict):
        return f"The content of `{event_type}` must be an object."
    for key in missing_keys(shape, content):
        return f"`{event_type}` lacks `{key}`, which must be {shape.keys[key].shape.words}."
    for key, value in content.items():
        entry = entry_for(shape, key)
        if entry is None:
            return f"`{event_type}` may not carry `{_short(key)}` in clear: {remedy}."
        if not entry.shape.fits(value):
            if entry.shape.keys and isinstance(value, dict) and not _is_map(entry.shape):
                return _complaint(f"{event_type}: {key}", entry.shape, value, remedy=remedy)
            return f"`{key}` of `{event_type}` must be {entry.shape.words}."
    return f"`{event_type}` is not of the shape that may be in clear."


def _is_map(shape: Shape) -> bool:
    return any(key.startswith("*.") for key in shape.keys)


def _short(name: str) -> str:
    """Bound what of a client's words is repeated to it."""
    return name if len(name) <= 64 else name[:64] + "…"
