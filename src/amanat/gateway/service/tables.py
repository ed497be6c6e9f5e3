"""Conversations, and what was begun in them and is not done yet."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class ConversationRow(Struct, frozen=True):
    """`session` as `flows.session.encode` wrote it. `desk`: where the staff have the chat; empty while the bot has."""

    room_id: str
    conversation: str
    person: str
    session: bytes
    due_ts: int | None
    desk: str


class ActRow(Struct, frozen=True):
    """An `Act` to be done: one of a conversation at a time, since the flow waits for it."""

    room_id: str
    conversation: str
    act: bytes
    since_ts: int


class NoticeRow(Struct, frozen=True):
    """A `Notice` of the appointments that its chat has not been told of."""

    position: int
    room_id: str
    notice: bytes


class HandoutRow(Struct, frozen=True):
    """A `Handout` that is not with its chat yet."""

    position: int
    room_id: str
    handout: bytes


class _RoomId(Struct, frozen=True):
    room_id: str


CONVERSATIONS = Table("conversations", ConversationRow, key=1)
ACTS = Table("acts", ActRow, key=1)
NOTICES = Table("notices", NoticeRow, key=1)
NOTICE_STREAM = "notices"
HANDOUTS = Table("handouts", HandoutRow, key=1)
HANDOUT_STREAM = "handouts"

_sql = QueryFile("amanat.gateway.service", "service")
DUE_CONVERSATIONS = _sql.query("due_conversations", _RoomId)
OLDEST_ACTS = _sql.query("oldest_acts", ActRow)
OLDEST_NOTICES = _sql.query("oldest_notices", NoticeRow)
OLDEST_HANDOUTS = _sql.query("oldest_handouts", HandoutRow)
CONVERSATION = _sql.query("conversation", ConversationRow)
