"""Verification of keys, the same eight steps over to-device messages and in a room. Pure: tables only.

The steps are in clear because two devices that share no keys yet must be able to take them.
spec: client-server-api#key-verification-framework. Closed lists hold what the specification and the Rust crypto,
matrix-nio and mautrix send; another method is one line here.
"""

from msgspec import Struct

from amanat.core.gate_shapes import (
    EVENT_ID,
    MAX_INTEGER,
    TOKEN,
    USER_ID,
    Key,
    Shape,
    base64,
    integer,
    list_of,
    map_of,
    matching,
    object_of,
    one_of,
    text,
)

REQUEST_MSGTYPE = "m.key.verification.request"
MAX_BASE64 = 256
"""Keys, hashes and MACs are 32 or 64 bytes, QR secrets a little less; 256 characters leave room for larger ones."""
MAX_REASON = 256
"""The longest reason that a library was seen to send is under 100 characters."""
MAX_FALLBACK = 512
"""The Rust crypto's sentence is 170 characters and a user id, which may be 255."""
MAX_METHODS = 10
"""Five methods exist."""
MAX_MACS = 16
"""A device key and a master key; 16 leaves room for a person who verifies several at once."""

_METHOD = one_of("m.sas.v1", "m.qr_code.show.v1", "m.qr_code.scan.v1", "m.reciprocate.v1")
_AGREEMENT = one_of("curve25519-hkdf-sha256", "curve25519")
_HASH = one_of("sha256")
_MAC = one_of("hkdf-hmac-sha256.v2", "hkdf-hmac-sha256", "hmac-sha256", "org.matrix.msc3783.hkdf-hmac-sha256")
_SAS = one_of("decimal", "emoji")
_CODE = one_of(
    "m.user",
    "m.timeout",
    "m.unknown_transaction",
    "m.unknown_method",
    "m.unexpected_message",
    "m.key_mismatch",
    "m.user_mismatch",
    "m.user_error",
    "m.invalid_message",
    "m.accepted",
    "m.mismatched_commitment",
    "m.mismatched_sas",
    "m.qr_code.invalid",
)
_KEY_ID = matching("a key id", r"ed25519:[!-~]{1,255}")
_BYTES = base64(MAX_BASE64)

_FROM = Key(TOKEN, "The device that takes this step.", required=True)
_METHODS = Key(list_of(_METHOD, limit=MAX_METHODS), "The ways of verifying that the device knows.", required=True)


class Step(Struct, frozen=True):
    """One step: why it is sent and the keys that both ways of sending share."""

    why: str
    keys: dict[str, Key]


STEPS: dict[str, Step] = {
    "m.key.verification.ready": Step("A request is taken up.", {"from_device": _FROM, "methods": _METHODS}),
    "m.key.verification.start": Step(
        "One method is begun.",
        {
            "from_device": _FROM,
            "method": Key(_METHOD, "The method.", required=True),
            "next_method": Key(_METHOD, "A second method, if the first verifies one side only."),
            "key_agreement_protocols": Key(list_of(_AGREEMENT, limit=MAX_METHODS), "Offered key agreements."),
            "hashes": Key(list_of(_HASH, limit=MAX_METHODS), "Offered hashes."),
            "message_authentication_codes": Key(list_of(_MAC, limit=MAX_METHODS), "Offered MACs."),
            "short_authentication_string": Key(list_of(_SAS, limit=MAX_METHODS), "Offered ways to show the string."),
            "secret": Key(_BYTES, "The secret that was in a scanned QR code; it opens nothing else."),
        },
    ),
    "m.key.verification.accept": Step(
        "The other device has chosen from what was offered.",
        {
            "method": Key(_METHOD, "The method; older clients send it."),
            "key_agreement_protocol": Key(_AGREEMENT, "The chosen key agreement.", required=True),
            "hash": Key(_HASH, "The chosen hash.", required=True),
            "message_authentication_code": Key(_MAC, "The chosen MAC.", required=True),
            "short_authentication_string": Key(
                list_of(_SAS, limit=MAX_METHODS), "The chosen ways to show the string.", required=True
            ),
            "commitment": Key(_BYTES, "A hash that binds the device to its key.", required=True),
        },
    ),
    "m.key.verification.key": Step("An ephemeral public key.", {"key": Key(_BYTES, "The key.", required=True)}),
    "m.key.verification.mac": Step(
        "What was compared is vouched for.",
        {
            "mac": Key(map_of(_KEY_ID, _BYTES, limit=MAX_MACS), "A MAC for each key that was compared.", required=True),
            "keys": Key(_BYTES, "A MAC of the list of keys.", required=True),
        },
    ),
    "m.key.verification.cancel": Step(
        "Verification was given up.",
        {
            "code": Key(_CODE, "Why, for programs.", required=True),
            "reason": Key(text(MAX_REASON), "Why, in words; libraries send fixed sentences.", required=True),
        },
    ),
    "m.key.verification.done": Step("Verification succeeded.", {}),
}

MESSAGE_ID = Key(TOKEN, "A random id by which a client's own log follows a message.")
_IN_ROOM = {
    "m.relates_to": Key(
        object_of(
            {
                "rel_type": Key(one_of("m.reference"), "It refers.", required=True),
                "event_id": Key(EVENT_ID, "To the request.", required=True),
            }
        ),
        "Which request this step belongs to.",
        required=True,
    )
}
_TO_DEVICE = {
    "transaction_id": Key(TOKEN, "Which verification this step belongs to.", required=True),
    "org.matrix.msgid": MESSAGE_ID,
}


def in_room() -> dict[str, Shape]:
    """Contents of the steps as events of a room; the request itself is an `m.room.message`, see `room_request`."""
    return {event_type: object_of({**step.keys, **_IN_ROOM}) for event_type, step in STEPS.items()}


def to_device() -> dict[str, Shape]:
    """Contents of the request and the steps as to-device messages."""
    request = object_of(
        {
            "from_device": _FROM,
            "methods": _METHODS,
            "timestamp": Key(integer(0, MAX_INTEGER), "When; a stale request is ignored.", required=True),
            **_TO_DEVICE,
        }
    )
    steps = {event_type: object_of({**step.keys, **_TO_DEVICE}) for event_type, step in STEPS.items()}
    return {"m.key.verification.request": request, **steps}


def room_request() -> Shape:
    """Content of the one `m.room.message` that is taken in clear."""
    # spec: client-server-api#mroommessagemkeyverificationrequest
    return object_of(
        {
            "msgtype": Key(one_of(REQUEST_MSGTYPE), "It is a request, not a message.", required=True),
            "body": Key(text(MAX_FALLBACK), "A fixed sentence that the library writes for apps that cannot verify."),
            "from_device": _FROM,
            "methods": _METHODS,
            "to": Key(USER_ID, "Who is asked.", required=True),
        }
    )
