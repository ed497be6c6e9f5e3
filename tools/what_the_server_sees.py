"""Write `docs/what-the-server-sees.md` from the gate's tables: what is in clear, key by key, and why.

What no table holds (who, when, how much) is said in the words below.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from amanat.core.gate_shapes import Shape, paths
from amanat.core.gate_tables import MESSAGES, STATE, TO_DEVICE, Entry
from amanat.core.room_classes import CLASSES, RoomClass
from amanat.core.stripped_state import STRIPPED_TYPES
from tools.page import write_or_check

ROOT = Path(__file__).resolve().parent.parent
PAGE = Path("docs/what-the-server-sees.md")

HEAD = """\
# What the server sees

Written by `make docs` from `src/amanat/core/gate_tables.py` and `room_classes.py`; do not edit.

In an encrypted room the server takes what stands in the tables below and refuses everything else with
`403 M_FORBIDDEN` and a sentence. It refuses it from everybody: clients, bots, gateways, administrators.

**What this is worth.** The gate stops mistakes and old apps: an app that cannot encrypt, or that forgets to, cannot
write here. It does not stop somebody who dresses text as ciphertext: whoever wants to show the server a message can
do so. It says nothing about the devices of the people in the room, which can read everything, nor about an app that
leaks. Who holds the keys is shown by the app, chat by chat.

A value in **bold** is free text: a person's own words can stand there, and the server can read them. Every other
value is an id, a number, a choice from a list or base64, and has no room for a sentence. A key marked * must be there.
"""

ALWAYS_HEAD = """\
## What the server always sees

| what | why |
|---|---|
"""

# By the key under which the app says the same in a person's words, in both languages.
ALWAYS = {
    "membership": (
        "who is in which room, who invited or removed whom",
        "it delivers to them and keeps others out",
    ),
    "sending": (
        "who sent something, when, from which device, in which room, and how long it is",
        "it delivers it, in order, once",
    ),
    "relations": (
        "which message an event edits, answers, reacts to or belongs to",
        "it counts and bundles them",
    ),
    "receipts": (
        "how far each person has read; the room sees it too, unless the receipt is private",
        "their other devices need it",
    ),
    "presence": ("who is typing and who is online", "it passes it on"),
    "devices": ("which devices a person has, their names, public keys and signatures", "others encrypt to them"),
    "keyRequests": (
        "who asks for whose keys; to whom to-device messages go, when and how long they are",
        "it delivers them",
    ),
    "uploads": ("how many files a person uploads, when, how large, and who fetches which", "it stores them"),
    "plainUploads": (
        "a file that an app uploads without encrypting it, as it does with avatars; the name that an app gives with "
        "any upload",
        "it shows them",
    ),
    "profile": ("a person's name, picture and handle; of a service, who runs its devices", "others find them by it"),
    "accountData": (
        "account data that apps keep in clear: tags, which chats are with one person, who is ignored and "
        "by what name one knew them, push rules with "
        "their keywords",
        "it acts on some of it; apps choose what they put there",
    ),
    "backup": (
        "how many keys a key backup holds and for which rooms and sessions; the keys themselves are ciphertext",
        "it stores them",
    ),
    "address": (
        "the address (IP) of a connection, in memory while it counts requests",
        "it limits their rate",
    ),
    "pushes": ("where pushes go, and which room and event they are about", "it sends them"),
}

ALWAYS_TAIL = """\

What it does not get from an app that encrypts as it should: the text of a message, the bytes of a file sent in it,
room keys, cross-signing secrets, the key of a key backup. What it gets and does not store: the reason of a redaction.
"""

ROOMS_HEAD = """\
## Classes of room

The class is written into the room's first event and never changes. "Born encrypted" means that the server adds
encryption where a client did not. Any room with `m.room.encryption` is gated, whatever its class, and encryption is
never removed or replaced: only a smaller rotation period, or the flag for encrypted state, is taken.

| class | what it is | encryption | who may join | who may see history | listed | guests | set once |
|---|---|---|---|---|---|---|---|
"""

ROOMS_TAIL = """\

In a `public` or `community` room without encryption the server sees everything that is sent.
"""

STRIPPED_HEAD = """\
## What somebody sees who is invited, or knocks

Before they are in the room: the member events of themselves and of who invited them, and
"""

MESSAGES_HEAD = """\
## Messages in an encrypted room

Calls (`m.call.*`), stickers, polls and locations are not here: apps send them encrypted.
"""

STATE_HEAD = """\
## State of an encrypted room

State is kept in clear because the server acts on it, or because somebody who is invited must see it before they have
a key. An app that knows encrypted state (MSC4362) can encrypt names, topics and the like.
"""

TO_DEVICE_HEAD = """\
## Messages from device to device

Everything that carries a key or a secret is encrypted. `m.room_key`, `m.forwarded_room_key` and `m.secret.send` in
clear would hand the server a key, and are refused.
"""


def render() -> str:
    """The whole page."""
    return (
        "\n".join(
            [
                HEAD,
                ALWAYS_HEAD + "".join(f"| {what} | {why} |\n" for what, why in ALWAYS.values()) + ALWAYS_TAIL,
                _classes(CLASSES),
                STRIPPED_HEAD.rstrip("\n"),
                ", ".join(f"`{event_type}`" for event_type in STRIPPED_TYPES) + ".\n",
                MESSAGES_HEAD,
                *_types(MESSAGES),
                STATE_HEAD,
                *_types(STATE),
                TO_DEVICE_HEAD,
                *_types(TO_DEVICE),
            ]
        ).rstrip("\n")
        + "\n"
    )


def _classes(classes: Mapping[str, RoomClass]) -> str:
    return ROOMS_HEAD + "".join(f"| {' | '.join(_class_cells(each))} |\n" for each in classes.values()) + ROOMS_TAIL


def _class_cells(each: RoomClass) -> list[str]:
    return [
        f"`{each.name}`",
        each.meaning,
        "born encrypted" if each.born_encrypted else "if turned on",
        ", ".join(sorted(each.join_rules)),
        ", ".join(sorted(each.history_visibilities)),
        "may be" if each.listed else "never",
        "yes" if each.guests else "none",
        ", ".join(f"`{event_type}`" for event_type in sorted(each.sealed)) or "nothing",
    ]


def _types(table: Mapping[str, Entry]) -> Iterator[str]:
    for event_type, entry in table.items():
        under = "" if entry.state_key.words == "empty" else f" State key: {entry.state_key.words}."
        yield f"### `{event_type}`\n\n{entry.why}{under}\n"
        rows = list(_rows(entry.content))
        if rows:
            yield "| key | what may stand there | why |\n|---|---|---|\n" + "\n".join(rows) + "\n"
        else:
            yield "It has no content.\n"


def _rows(content: Shape) -> Iterator[str]:
    for path, key in paths(content):
        words = f"**{key.shape.words}**" if key.shape.free_text else key.shape.words
        yield f"| `{path}`{' *' if key.required else ''} | {words} | {key.why} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page; with --check, say whether the one on disk is what would be written."""
    return write_or_check(PAGE, render(), root=ROOT, about=__doc__, arguments=arguments)


if __name__ == "__main__":
    sys.exit(main())
