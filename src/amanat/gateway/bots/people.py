"""Whom a bot knows and where it talks, as parts of units: rows, and the model that stands for them."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from amanat.db.tx import Tx
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.model import Chat, ChatKind, Person, Said
from amanat.gateway.bots.room_events import Event
from amanat.gateway.bots.tables import CHATS, PEOPLE, ChatRow, Kept, MessageRow, PersonRow, encode
from amanat.gateway.bots.texts import holdable

MAX_NAME: Final = 64
"""Of what a person or a group is called, in characters."""


class Scene(Struct, frozen=True):
    """Where something is heard, and whom from."""

    chat: Chat
    row: ChatRow
    person: PersonRow


def person_of(row: PersonRow) -> Person:
    """Return the person a row is of."""
    return Person(number=row.number, name=row.name or str(row.number), phone=row.phone, blocked=bool(row.is_blocked))


def chat_of(row: ChatRow, person: PersonRow | None) -> Chat:
    """Return the chat a row is of."""
    kind: ChatKind = "group" if row.kind == "group" else "private"
    known = person_of(person) if person else None
    return Chat(number=row.number, room_id=row.room_id, kind=kind, title=row.title, person=known, heard_ts=row.heard_ts)


def said_of(kept: Kept, *, number: int, chat: Chat, ts: int, sender: PersonRow | None = None) -> Said:
    """Return the message that something kept is of; by the bot itself without a `sender`."""
    return Said(
        number=number,
        chat=chat,
        sender=person_of(sender) if sender else None,
        ts=ts,
        body=kept.body,
        reply_to=kept.reply_to,
        choices=kept.choices,
        markup=kept.markup,
        forwarded=kept.forwarded,
        edited_ts=kept.edited_ts,
        offer=kept.offer,
    )


def heard_row(event: Event, *, number: int, kept: Kept, now_ms: int) -> MessageRow:
    """Return the row that keeps what somebody sent."""
    return MessageRow(event.event_id, number, event.room_id, event.sender, event.ts, encode(kept), now_ms)


def meet(tx: Tx, user_id: str, *, on: Ground, name: str | None = None) -> PersonRow:
    """Return the row of somebody, who is met now if they were not before; a `name` is the newest."""
    row = tx.get(PEOPLE, user_id)
    if row is None:
        row = PersonRow(user_id, on.mint(), "", "")
    elif name is None or row.name == name:
        return row
    row = replace(row, name=row.name if name is None else name)
    tx.put(PEOPLE, row)
    return row


def enter(tx: Tx, room_id: str, *, kind: ChatKind, person: PersonRow, on: Ground) -> ChatRow:
    """Return the row of a chat, which begins now if it had not before. A chat that got a third person is a group."""
    row = tx.get(CHATS, room_id)
    if row is not None and (row.kind == "group" or row.kind == kind):
        return row
    if kind == "private":
        row = ChatRow(room_id, person.number, kind, "", person.user_id, 1, on.now_ms(), None)
    else:
        row = ChatRow(room_id, -on.mint(), kind, "", "", 1, on.now_ms(), None)
    tx.put(CHATS, row)
    return row


def named_in(content: Mapping[str, Any]) -> str | None:
    """Return what an event of membership calls somebody; None where it says nothing of it."""
    name = content.get("displayname")
    return holdable(name.strip()[:MAX_NAME]) if isinstance(name, str) and name.strip() else None
