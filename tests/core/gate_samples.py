"""One content for each type in the gate's tables, with every key that may stand there; real clients send these."""

from base64 import b64encode
from typing import Any

KEY = "HjPzQ0hJ4n0m2oVb1sXk3cYd5eZf7gAh9iBj1kCl2mD"
EVENT = "$" + "abcDEF123-_" * 3 + "abcDEF123-"
OTHER_EVENT = "$" + "zyxWVU987-_" * 3 + "zyxWVU987-"
ROOM = "!" + "abcDEF123-_" * 3 + "abcDEF123-"
ALICE = "@alice:amanat.example"
BOB = "@bob:amanat.example:8448"
MXC = "mxc://amanat.example/hGqQ1zXn"
FREE_TEXT = "See you at nine, by the old bridge."
CIPHERTEXT = "Awg" + b64encode(bytes(range(254))).decode()

MEGOLM: dict[str, Any] = {
    "algorithm": "m.megolm.v1.aes-sha2",
    "ciphertext": CIPHERTEXT,
    "device_id": "ABCDEFGHIJ",
    "sender_key": KEY,
    "session_id": KEY,
}
OLM: dict[str, Any] = {
    "algorithm": "m.olm.v1.curve25519-aes-sha2",
    "sender_key": KEY,
    "ciphertext": {KEY: {"type": 0, "body": CIPHERTEXT}},
    "org.matrix.msgid": "f6e4a1c0c1b04e0e8f0d6a3ac0e8ff11",
}
REFERENCE = {"m.relates_to": {"rel_type": "m.reference", "event_id": EVENT}}
TRANSACTION = {"transaction_id": "m1727171717171.0", "org.matrix.msgid": "f6e4a1c0"}
METHODS = ["m.sas.v1", "m.qr_code.show.v1", "m.reciprocate.v1"]

STEPS: dict[str, dict[str, Any]] = {
    "m.key.verification.ready": {"from_device": "ABCDEFGHIJ", "methods": METHODS},
    "m.key.verification.start": {
        "from_device": "ABCDEFGHIJ",
        "method": "m.sas.v1",
        "next_method": "m.sas.v1",
        "key_agreement_protocols": ["curve25519-hkdf-sha256", "curve25519"],
        "hashes": ["sha256"],
        "message_authentication_codes": [
            "hkdf-hmac-sha256.v2",
            "org.matrix.msc3783.hkdf-hmac-sha256",
            "hkdf-hmac-sha256",
        ],
        "short_authentication_string": ["decimal", "emoji"],
        "secret": KEY,
    },
    "m.key.verification.accept": {
        "method": "m.sas.v1",
        "key_agreement_protocol": "curve25519-hkdf-sha256",
        "hash": "sha256",
        "message_authentication_code": "hkdf-hmac-sha256.v2",
        "short_authentication_string": ["decimal", "emoji"],
        "commitment": KEY,
    },
    "m.key.verification.key": {"key": KEY},
    "m.key.verification.mac": {"mac": {"ed25519:ABCDEFGHIJ": KEY, f"ed25519:{KEY}": KEY}, "keys": KEY},
    "m.key.verification.cancel": {"code": "m.user", "reason": "Canceled by user"},
    "m.key.verification.done": {},
}

MESSAGES: dict[str, dict[str, Any]] = {
    "m.room.encrypted": {
        **MEGOLM,
        "m.relates_to": {
            "rel_type": "m.thread",
            "event_id": EVENT,
            "key": "👍️",
            "is_falling_back": True,
            "m.in_reply_to": {"event_id": OTHER_EVENT},
        },
        "id.amanat.media": [MXC],
        "id.amanat.album": 3,
    },
    "m.reaction": {"m.relates_to": {"rel_type": "m.annotation", "event_id": EVENT, "key": "❤️"}},
    "m.room.redaction": {"redacts": EVENT},
    "m.room.message": {
        "msgtype": "m.key.verification.request",
        "body": f"{ALICE} is requesting to verify your key, but your client does not support in-chat key verification.",
        "from_device": "ABCDEFGHIJ",
        "methods": METHODS,
        "to": BOB,
    },
    **{event_type: {**content, **REFERENCE} for event_type, content in STEPS.items()},
}

STATE: dict[str, tuple[str, dict[str, Any]]] = {
    "m.room.create": (
        "",
        {
            "creator": ALICE,
            "room_version": "12",
            "type": "m.space",
            "m.federate": True,
            "predecessor": {"room_id": ROOM, "event_id": EVENT},
            "additional_creators": [BOB],
            "id.amanat.class": "private",
        },
    ),
    "m.room.member": (
        BOB,
        {
            "membership": "invite",
            "displayname": "Bob",
            "avatar_url": MXC,
            "is_direct": True,
            "reason": "You asked for it",
            "join_authorised_via_users_server": ALICE,
        },
    ),
    "m.room.power_levels": (
        "",
        {
            "users": {ALICE: 100},
            "events": {"m.room.name": 50, "im.vector.modular.widgets": 50},
            "notifications": {"room": 50},
            "users_default": 0,
            "events_default": 0,
            "state_default": 50,
            "ban": 50,
            "kick": 50,
            "redact": 50,
            "invite": 0,
            "historical": 100,
        },
    ),
    "m.room.join_rules": (
        "",
        {"join_rule": "restricted", "allow": [{"type": "m.room_membership", "room_id": "!space:amanat.example"}]},
    ),
    "m.room.history_visibility": ("", {"history_visibility": "shared"}),
    "m.room.guest_access": ("", {"guest_access": "can_join"}),
    "m.room.encryption": (
        "",
        {
            "algorithm": "m.megolm.v1.aes-sha2",
            "rotation_period_ms": 604800000,
            "rotation_period_msgs": 100,
            "io.element.msc4362.encrypt_state_events": True,
            "encrypt_state_events": True,
        },
    ),
    "m.room.encrypted": ("m.room.topic:", MEGOLM),
    "m.room.name": ("", {"name": "Old bridge"}),
    "m.room.topic": (
        "",
        {
            "topic": "Bridges",
            "m.topic": {"m.text": [{"body": "<b>Bridges</b>", "mimetype": "text/html"}]},
        },
    ),
    "m.room.avatar": (
        "",
        {
            "url": MXC,
            "info": {
                "h": 10,
                "w": 10,
                "size": 100,
                "mimetype": "image/png",
                "thumbnail_url": MXC,
                "thumbnail_info": {"h": 1, "w": 1, "size": 10, "mimetype": "image/webp"},
            },
        },
    ),
    "m.room.canonical_alias": ("", {"alias": "#bridge:amanat.example", "alt_aliases": ["#jembatan:amanat.example"]}),
    "m.room.pinned_events": ("", {"pinned": [EVENT, OTHER_EVENT]}),
    "m.room.server_acl": ("", {"allow": ["*"], "deny": ["*.evil.example"], "allow_ip_literals": False}),
    "m.room.tombstone": ("", {"body": "This room has been replaced", "replacement_room": ROOM}),
    "m.space.child": (ROOM, {"via": ["amanat.example"], "order": "a", "suggested": True}),
    "m.space.parent": (ROOM, {"via": ["amanat.example"], "canonical": True}),
    "id.amanat.retention": ("", {"max_age_ms": 86_400_000}),
}

_REQUEST = {
    "action": "request",
    "requesting_device_id": "ABCDEFGHIJ",
    "request_id": "b1d4",
    "org.matrix.msgid": "f6e4a1c0",
}
_WITHHELD = {
    "algorithm": "m.megolm.v1.aes-sha2",
    "code": "m.unverified",
    "reason": "The sender has disabled encrypting to unverified devices.",
    "room_id": ROOM,
    "session_id": KEY,
    "sender_key": KEY,
    "from_device": "ABCDEFGHIJ",
    "org.matrix.msgid": "f6e4a1c0",
}

TO_DEVICE: dict[str, dict[str, Any]] = {
    "m.room.encrypted": OLM,
    "m.room_key_request": {
        **_REQUEST,
        "body": {"algorithm": "m.megolm.v1.aes-sha2", "room_id": ROOM, "session_id": KEY, "sender_key": KEY},
    },
    "m.secret.request": {**_REQUEST, "name": "m.cross_signing.master"},
    "m.room_key.withheld": _WITHHELD,
    "org.matrix.room_key.withheld": _WITHHELD,
    "m.dummy": {"org.matrix.msgid": "f6e4a1c0"},
    "m.key.verification.request": {
        "from_device": "ABCDEFGHIJ",
        "methods": METHODS,
        "timestamp": 1_727_171_717_171,
        **TRANSACTION,
    },
    **{event_type: {**content, **TRANSACTION} for event_type, content in STEPS.items()},
}
