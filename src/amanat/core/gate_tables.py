"""The types that may be in clear in an encrypted room, and between devices: three tables, read by the gate.

`docs/what-the-server-sees.md` is written from them. To let a new key or type through is one line here and needs a
reason that a person can read. Calls (`m.call.*`) are not here: clients encrypt them in encrypted rooms.
"""

import re

from msgspec import Struct

from amanat.core import gate_verification as verification
from amanat.core.gate_shapes import (
    ALIAS,
    EVENT_ID,
    EVENT_TYPE,
    FLAG,
    MAX_INTEGER,
    MXC,
    NOTHING,
    REACTION,
    ROOM_ID,
    SERVER_GLOB,
    SERVER_NAME,
    TOKEN,
    USER_ID,
    Key,
    Shape,
    any_of,
    base64,
    integer,
    list_of,
    map_of,
    matching,
    nothing_or,
    object_of,
    one_of,
    text,
)
from amanat.core.identifiers import CLASS_KEY, MEDIA_KEY, RETENTION_TYPE

MEGOLM = "m.megolm.v1.aes-sha2"
OLM = "m.olm.v1.curve25519-aes-sha2"
ENCRYPT_STATE_KEYS = ("io.element.msc4362.encrypt_state_events", "encrypt_state_events")
"""The flag for encrypted state (MSC4362): what matrix-js-sdk 43 sets, and the proposal's stable name."""

MAX_CIPHERTEXT = 65_536
"""An event is at most 65,536 bytes, so a ciphertext is. spec: client-server-api#size-limits."""
MAX_KEY = 64
"""A Curve25519 or Ed25519 key and a megolm session id are 43 characters; 64 leaves room for padding."""
MAX_NAME = 255
"""Names of rooms and people: the bound that matrix-nio sets itself."""
MAX_TOPIC = 2_048
"""A few lines under a title; what is longer belongs into a message, where it is encrypted."""
MAX_WHY = 256
"""A sentence to somebody who has no keys of the room: why they were invited, removed or turned away."""
MAX_LEVELS = 1_000
"""People or event types with a power level of their own; the event's 64 KiB would allow about 1,300."""
MAX_LIST = 100
"""Pins, aliases, allowed rooms, patterns of server names: lists that a person keeps by hand."""
MAX_MEDIA = 100
"""Files in one message; a client's album holds 30."""
MAX_RECIPIENTS = 10
"""Keys in one Olm message: clients send one, for the device that it goes to."""
MIN_ROTATION_MS, MAX_ROTATION_MS = 3_600_000, MAX_INTEGER
"""Not under an hour: each rotation re-keys every device of the room."""
MIN_ROTATION_MSGS, MAX_ROTATION_MSGS = 10, MAX_INTEGER
"""Not under ten messages, for the same reason."""
MIN_RETENTION_MS, MAX_RETENTION_MS = 60_000, 10 * 365 * 86_400_000
"""A minute, below which the purge would come before the reader; ten years, past which it is no timer."""


class Entry(Struct, frozen=True, kw_only=True):
    """A type that may be in clear: why, with what content and, for state, under which state key."""

    why: str
    content: Shape
    state_key: Shape = NOTHING


def _must(shape: Shape, why: str) -> Key:
    return Key(shape, why, required=True)


_RELATES_TO = object_of(
    {
        "rel_type": Key(
            one_of("m.replace", "m.thread", "m.reference", "m.annotation"),
            "Edit, thread, reference or reaction, which the server counts and bundles.",
        ),
        "event_id": Key(EVENT_ID, "The event it is about."),
        "key": Key(REACTION, "A reaction, if the app puts it outside the ciphertext; ours does not."),
        "is_falling_back": Key(FLAG, "Whether a reply only stands in for a thread."),
        "m.in_reply_to": Key(object_of({"event_id": _must(EVENT_ID, "The event.")}), "What it answers."),
    }
)
_MEGOLM_KEYS = {
    "algorithm": _must(one_of(MEGOLM), "How it is encrypted."),
    "ciphertext": _must(base64(MAX_CIPHERTEXT), "The message. The server cannot read it."),
    "session_id": _must(base64(MAX_KEY), "Which key opens it; not the key."),
    "sender_key": Key(base64(MAX_KEY), "The sending device's public key; older clients send it."),
    "device_id": Key(TOKEN, "The sending device; older clients send it."),
}

MESSAGES: dict[str, Entry] = {
    "m.room.encrypted": Entry(
        why="Every message, file, call signal and encrypted reaction.",
        content=object_of(
            {
                **_MEGOLM_KEYS,
                "m.relates_to": Key(_RELATES_TO, "What it edits, answers or belongs to; not what it says."),
                MEDIA_KEY: Key(
                    list_of(MXC, limit=MAX_MEDIA),
                    "Which uploaded files it shows, so that they can be deleted with it; set by our own app.",
                ),
            },
            our_keys=any_of(FLAG, integer(-MAX_INTEGER, MAX_INTEGER), list_of(MXC, limit=MAX_MEDIA)),
        ),
    ),
    "m.reaction": Entry(
        why="Reactions of other Matrix apps, which send them in clear. Our own app encrypts them.",
        content=object_of(
            {
                "m.relates_to": _must(
                    object_of(
                        {
                            "rel_type": _must(one_of("m.annotation"), "It is a reaction."),
                            "event_id": _must(EVENT_ID, "To which message."),
                            "key": _must(REACTION, "The emoji, or the picture used as one."),
                        }
                    ),
                    "What is reacted to, and how.",
                )
            }
        ),
    ),
    "m.room.redaction": Entry(
        why="The server itself removes the content. A reason is dropped before it is stored: it may quote the message.",
        content=object_of({"redacts": Key(EVENT_ID, "Which event is removed.")}),
    ),
    "m.room.message": Entry(
        why="Only a request to verify keys, which must reach devices that share no keys yet.",
        content=verification.room_request(),
    ),
    **{
        event_type: Entry(why=verification.STEPS[event_type].why, content=content)
        for event_type, content in verification.in_room().items()
    },
}

_LEVEL = integer(-MAX_INTEGER, MAX_INTEGER)
_VIA = list_of(SERVER_NAME, limit=MAX_LIST)
_SIZE = integer(0, MAX_INTEGER)
_PICTURE = {
    "h": Key(_SIZE, "Height."),
    "w": Key(_SIZE, "Width."),
    "size": Key(_SIZE, "Bytes."),
    "mimetype": Key(matching("a media type", "[a-z]+/[a-z0-9.+-]+", limit=64), "Kind of picture."),
}
_AVATAR_INFO = object_of(
    {
        **_PICTURE,
        "thumbnail_url": Key(MXC, "A smaller copy."),
        "thumbnail_info": Key(object_of(_PICTURE), "The same of the smaller copy."),
    }
)
_RENDERING = object_of(
    {
        "body": _must(text(MAX_TOPIC), "The topic again."),
        "mimetype": Key(one_of("text/plain", "text/html"), "In which form."),
    }
)
# The state that the server must read, so nobody may pack it into ciphertext: MSC4362's list, what gates the room, and
# the timer of messages that disappear, which readers of the packed one would believe to be in force.
_NEVER_PACKED = (
    r"m\.room\.(?:create|member|join_rules|power_levels|third_party_invite|history_visibility|guest_access|encryption)"
    rf"|{re.escape(RETENTION_TYPE)}"
)

STATE: dict[str, Entry] = {
    "m.room.create": Entry(
        why="The room's first event: what the room is.",
        content=object_of(
            {
                "creator": Key(USER_ID, "Who made it (room version 10)."),
                "room_version": Key(matching("a room version", "[a-z0-9.-]{1,32}"), "Which rules hold."),
                "type": Key(one_of("m.space"), "Whether it is a space."),
                "m.federate": Key(FLAG, "Whether other servers may take part."),
                "predecessor": Key(
                    object_of(
                        {
                            "room_id": _must(ROOM_ID, "The room."),
                            "event_id": Key(EVENT_ID, "Its last event."),
                        }
                    ),
                    "The room that this one replaces.",
                ),
                "additional_creators": Key(
                    list_of(USER_ID, limit=MAX_LIST), "Others who stand above all power levels."
                ),
                CLASS_KEY: Key(
                    one_of("private", "public", "community", "transaction", "business"), "The room's class."
                ),
            }
        ),
    ),
    "m.room.member": Entry(
        why="Who is in the room: the server delivers to them and lets nobody else in.",
        state_key=USER_ID,
        content=object_of(
            {
                "membership": _must(one_of("invite", "join", "knock", "leave", "ban"), "In, asked, out or banned."),
                "displayname": Key(nothing_or(text(MAX_NAME)), "The name they show."),
                "avatar_url": Key(nothing_or(MXC), "The picture they show."),
                "is_direct": Key(FLAG, "Whether it was begun as a chat of two."),
                "reason": Key(
                    nothing_or(text(MAX_WHY)), "Said to somebody who is not in the room, so has no key to read it with."
                ),
                "join_authorised_via_users_server": Key(USER_ID, "Who vouched, where the join rule asks for it."),
            }
        ),
    ),
    "m.room.power_levels": Entry(
        why="Who may do what: the server enforces it.",
        content=object_of(
            {
                "users": Key(map_of(USER_ID, _LEVEL, limit=MAX_LEVELS), "Levels of people."),
                "events": Key(map_of(EVENT_TYPE, _LEVEL, limit=MAX_LEVELS), "Levels needed to send a type."),
                "notifications": Key(map_of(one_of("room"), _LEVEL, limit=1), "The level needed to notify everybody."),
                **{
                    key: Key(_LEVEL, "The level for this act.")
                    for key in (
                        "users_default",
                        "events_default",
                        "state_default",
                        "ban",
                        "kick",
                        "redact",
                        "invite",
                        "historical",
                    )
                },
            }
        ),
    ),
    "m.room.join_rules": Entry(
        why="How one gets in: the server enforces it.",
        content=object_of(
            {
                "join_rule": _must(one_of("public", "invite", "knock", "restricted", "knock_restricted"), "The rule."),
                "allow": Key(
                    list_of(
                        object_of(
                            {
                                "type": _must(one_of("m.room_membership"), "Being in a room."),
                                "room_id": _must(ROOM_ID, "Which."),
                            }
                        ),
                        limit=MAX_LIST,
                    ),
                    "The rooms whose members may join.",
                ),
            }
        ),
    ),
    "m.room.history_visibility": Entry(
        why="Who may see what was sent before they came: the server enforces it.",
        content=object_of(
            {"history_visibility": _must(one_of("shared", "invited", "joined", "world_readable"), "From when on.")}
        ),
    ),
    "m.room.guest_access": Entry(
        why="There are no guests on this server; some apps set it in every room.",
        content=object_of({"guest_access": _must(one_of("can_join", "forbidden"), "Without effect here.")}),
    ),
    "m.room.encryption": Entry(
        why="That the room is encrypted, and how often its keys change.",
        content=object_of(
            {
                "algorithm": _must(one_of(MEGOLM), "How."),
                "rotation_period_ms": Key(integer(MIN_ROTATION_MS, MAX_ROTATION_MS), "New key after this time."),
                "rotation_period_msgs": Key(
                    integer(MIN_ROTATION_MSGS, MAX_ROTATION_MSGS), "Or after so many messages."
                ),
                **{key: Key(FLAG, "Whether names and topics are encrypted too.") for key in ENCRYPT_STATE_KEYS},
            }
        ),
    ),
    "m.room.encrypted": Entry(
        why="A name, topic or other state that is encrypted (MSC4362): the server sees which kind, not what it says.",
        state_key=matching(
            "the type and state key of what is encrypted, joined by a colon",
            rf"(?!(?:{_NEVER_PACKED}):)[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+:[!-~]*",
        ),
        content=object_of(_MEGOLM_KEYS),
    ),
    "m.room.name": Entry(
        why="Shown to somebody who is invited, before they have a key.",
        content=object_of({"name": Key(nothing_or(text(MAX_NAME)), "The room's name.")}),
    ),
    "m.room.topic": Entry(
        why="Shown to somebody who is invited, before they have a key.",
        content=object_of(
            {
                "topic": Key(nothing_or(text(MAX_TOPIC)), "What the room is for."),
                "m.topic": Key(
                    object_of({"m.text": Key(list_of(_RENDERING, limit=2), "Plain and formatted.")}), "The same."
                ),
            }
        ),
    ),
    "m.room.avatar": Entry(
        why="Shown to somebody who is invited. The picture itself is not encrypted.",
        content=object_of({"url": Key(nothing_or(MXC), "The picture."), "info": Key(_AVATAR_INFO, "Its measures.")}),
    ),
    "m.room.canonical_alias": Entry(
        why="The address by which the room is found.",
        content=object_of(
            {
                "alias": Key(nothing_or(ALIAS), "The main address."),
                "alt_aliases": Key(list_of(ALIAS, limit=MAX_LIST), "Others."),
            }
        ),
    ),
    "m.room.pinned_events": Entry(
        why="Which messages are pinned; not what they say.",
        content=object_of({"pinned": _must(list_of(EVENT_ID, limit=MAX_LIST), "Their ids.")}),
    ),
    "m.room.server_acl": Entry(
        why="Which servers may take part.",
        content=object_of(
            {
                "allow": Key(list_of(SERVER_GLOB, limit=MAX_LIST), "These."),
                "deny": Key(list_of(SERVER_GLOB, limit=MAX_LIST), "Not these."),
                "allow_ip_literals": Key(FLAG, "Whether servers without a name may."),
            }
        ),
    ),
    "m.room.tombstone": Entry(
        why="That the room was replaced. Written only by the server's own upgrade.",
        content=object_of(
            {
                "body": _must(text(MAX_NAME), "A fixed sentence."),
                "replacement_room": _must(ROOM_ID, "Where it goes on."),
            }
        ),
    ),
    "m.space.child": Entry(
        why="Which rooms a space shows.",
        state_key=ROOM_ID,
        content=object_of(
            {
                "via": Key(_VIA, "Servers that know the room."),
                "order": Key(text(50), "Where it stands in the list."),  # spec: client-server-api#mspacechild
                "suggested": Key(FLAG, "Whether it is recommended."),
            }
        ),
    ),
    "m.space.parent": Entry(
        why="Which space a room belongs to.",
        state_key=ROOM_ID,
        content=object_of(
            {"via": Key(_VIA, "Servers that know the space."), "canonical": Key(FLAG, "Whether it is the main one.")}
        ),
    ),
    RETENTION_TYPE: Entry(
        why="After what time messages disappear: the server deletes them.",
        content=object_of({"max_age_ms": Key(integer(MIN_RETENTION_MS, MAX_RETENTION_MS), "The time; none: never.")}),
    ),
}

_REQUEST = {
    "action": _must(one_of("request", "request_cancellation"), "To ask, or no longer."),
    "requesting_device_id": _must(TOKEN, "Which device asks."),
    "request_id": _must(TOKEN, "A random name of the request."),
    "org.matrix.msgid": verification.MESSAGE_ID,
}
_WITHHELD = Entry(
    why="That a device will get no key, and why. It goes to a device with which no encrypted channel may exist.",
    content=object_of(
        {
            "algorithm": _must(one_of(MEGOLM), "Of the key that is withheld."),
            "code": _must(
                one_of(
                    "m.blacklisted",
                    "m.unverified",
                    "m.unauthorised",
                    "m.unavailable",
                    "m.no_olm",
                    "m.history_not_shared",
                ),
                "Why, for programs.",
            ),
            "reason": Key(nothing_or(text(MAX_WHY)), "Why, in words; libraries send fixed sentences."),
            "room_id": Key(ROOM_ID, "Of which room."),
            "session_id": Key(base64(MAX_KEY), "Which key; not the key."),
            "sender_key": _must(base64(MAX_KEY), "The public key of the device that made it."),
            "from_device": Key(TOKEN, "The device that says so."),
            "org.matrix.msgid": verification.MESSAGE_ID,
        }
    ),
)

TO_DEVICE: dict[str, Entry] = {
    "m.room.encrypted": Entry(
        why="Room keys, secrets and whatever else devices tell each other.",
        content=object_of(
            {
                "algorithm": _must(one_of(OLM), "How it is encrypted."),
                "sender_key": _must(base64(MAX_KEY), "The sending device's public key."),
                "ciphertext": _must(
                    map_of(
                        base64(MAX_KEY),
                        object_of(
                            {
                                "type": _must(integer(0, 1), "Whether it opens a channel."),
                                "body": _must(base64(MAX_CIPHERTEXT), "The message. The server cannot read it."),
                            }
                        ),
                        limit=MAX_RECIPIENTS,
                    ),
                    "One ciphertext for each receiving key.",
                ),
                "org.matrix.msgid": verification.MESSAGE_ID,
            }
        ),
    ),
    "m.room_key_request": Entry(
        why="A device asks for a key that it lacks. The answer is encrypted.",
        content=object_of(
            {
                **_REQUEST,
                "body": Key(
                    object_of(
                        {
                            "algorithm": _must(one_of(MEGOLM), "Of the key."),
                            "room_id": _must(ROOM_ID, "Of which room."),
                            "session_id": _must(base64(MAX_KEY), "Which key; not the key."),
                            "sender_key": Key(base64(MAX_KEY), "The public key of the device that made it."),
                        }
                    ),
                    "Which key.",
                ),
            }
        ),
    ),
    "m.secret.request": Entry(
        why="A device asks the person's other devices for a secret. The answer is encrypted.",
        content=object_of(
            {
                **_REQUEST,
                "name": Key(
                    one_of(
                        "m.cross_signing.master",
                        "m.cross_signing.self_signing",
                        "m.cross_signing.user_signing",
                        "m.megolm_backup.v1",
                        "org.matrix.msc3814",
                    ),
                    "Which secret; not the secret.",
                ),
            }
        ),
    ),
    "m.room_key.withheld": _WITHHELD,
    "org.matrix.room_key.withheld": _WITHHELD,
    "m.dummy": Entry(
        why="Nothing: it only starts a new encrypted channel.",
        content=object_of({"org.matrix.msgid": verification.MESSAGE_ID}),
    ),
    **{
        event_type: Entry(
            why=verification.STEPS[event_type].why
            if event_type in verification.STEPS
            else "A device asks to verify keys.",
            content=content,
        )
        for event_type, content in verification.to_device().items()
    },
}
