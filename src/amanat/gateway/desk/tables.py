"""The tables of the desk and the questions asked of them. `0007_desk.sql`, `0008_desk_files.sql`: what bounds each."""

from typing import Final, Literal

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table

ChatState = Literal["waiting", "taken", "back"]
Sender = Literal["person", "staff", "event"]
LineState = Literal["sending", "sent", "failed"]


class ChatRow(Struct, frozen=True):
    """A chat that the staff have, or had. `known`: JSON, what the flow passed on. `state`: one of `ChatState`.

    `said_position` is that of the last line that somebody said, `read_position` of the last that the staff have read.
    """

    room_id: str
    person: str
    desk: str
    language: str
    known: bytes
    state: str
    assignee: str | None
    since_ts: int
    said_position: int
    read_position: int
    went_ts: int | None


class LineRow(Struct, frozen=True):
    """One thing that was said or happened: by `member` of the staff, or by the person where there is none.

    `file`: JSON, a `files.KeptFile`.
    """

    room_id: str
    position: int
    sender: str
    member: str | None
    kind: str
    text: str
    ts: int
    state: str | None
    file: bytes | None = None


class NoteRow(Struct, frozen=True):
    """A note of the staff's about a chat; its person never sees it."""

    room_id: str
    position: int
    author: str
    text: str
    ts: int


class RequestRow(Struct, frozen=True):
    """What was asked for under an id of the browser's own, and the position of what came of it."""

    member: str
    txn_id: str
    position: int
    ts: int


class TrailRow(Struct, frozen=True):
    """Who did what, and about which chat, ticket, appointment, version or member."""

    position: int
    ts: int
    who: str
    what: str
    about: str


class ListedRow(Struct, frozen=True):
    """A chat as the inbox lists it: with the last thing that was said, and how much nobody has read."""

    room_id: str
    person: str
    desk: str
    language: str
    state: str
    assignee: str | None
    since_ts: int
    unread: int
    last_sender: str | None
    last_kind: str | None
    last_text: str | None
    last_ts: int | None


class CountRow(Struct, frozen=True):
    """How many chats there are in a state with somebody."""

    state: str
    assignee: str | None
    number: int


CHATS = Table("desk_chats", ChatRow, key=1)
LINES = Table("desk_lines", LineRow, key=2)
NOTES = Table("desk_notes", NoteRow, key=2)
REQUESTS = Table("desk_requests", RequestRow, key=2)
TRAIL = Table("desk_trail", TrailRow, key=1)
LINE_STREAM: Final = "desk_lines"
"""Counts lines and notes."""
TRAIL_STREAM: Final = "desk_trail"

_sql = QueryFile("amanat.gateway.desk", "desk")
WITH_STAFF = _sql.query("with_staff", ListedRow)
LISTED = _sql.query("listed", ListedRow)
COUNTS = _sql.query("counts", CountRow)
CHAT = _sql.query("chat", ChatRow)
LINE = _sql.query("line", LineRow)
LINES_BEFORE = _sql.query("lines_before", LineRow)
NOTES_OF = _sql.query("notes_of", NoteRow)
TRAIL_BEFORE = _sql.query("trail_before", TrailRow)
ASSIGNED_TO = _sql.query("assigned_to", ChatRow)
OLD_CHATS = _sql.query("old_chats", ChatRow)
LINES_OF = _sql.query("lines_of", LineRow)
OLD_LINES = _sql.query("old_lines", LineRow)
OLD_NOTES = _sql.query("old_notes", NoteRow)
OLD_REQUESTS = _sql.query("old_requests", RequestRow)
OLD_TRAIL = _sql.query("old_trail", TrailRow)
