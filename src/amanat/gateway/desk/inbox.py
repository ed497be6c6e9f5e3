"""The chats that the staff have: what the flow and the person do to them, as parts of units of whatever happens."""

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct, json
from msgspec.structs import replace

from amanat.db.tx import Need, Tx
from amanat.gateway.desk.changes import CHAT, Changes
from amanat.gateway.desk.files import KeptFile
from amanat.gateway.desk.sending import part_of
from amanat.gateway.desk.tables import CHATS, LINE_STREAM, LINES, ChatRow, LineRow, Sender

BACK: Final = "back"


class HandedOver(Struct, frozen=True, kw_only=True):
    """A chat that a flow gives to the staff. `known` is what it passes on of what it asked."""

    room_id: str
    person: str
    desk: str
    language: str
    known: dict[str, str]


class Entry(Struct, frozen=True, kw_only=True):
    """Something that is said or happens in a chat; `member`: by whom of the staff."""

    sender: Sender
    kind: str = "text"
    text: str = ""
    member: str | None = None
    file: KeptFile | None = None


class Inbox:
    """Keeps the staff's chats. Every method is a part of a unit, which declares `needs` of its room."""

    def __init__(self, *, changes: Changes, now_ms: Callable[[], int]) -> None:
        self.changes = changes
        self._now_ms = now_ms

    @staticmethod
    def needs(room_id: str) -> Sequence[Need]:
        """Return what all but `settle` read."""
        return [(CHATS, (room_id,))]

    @staticmethod
    def find(tx: Tx, room_id: str) -> ChatRow | None:
        """Return a chat if the staff have it."""
        chat = tx.get(CHATS, room_id)
        return None if chat is None or chat.state == BACK else chat

    def hand_over(self, tx: Tx, handed: HandedOver) -> None:
        """Put a chat into the inbox."""
        before, now_ms = tx.get(CHATS, handed.room_id), self._now_ms()
        row = ChatRow(
            room_id=handed.room_id,
            person=handed.person,
            desk=handed.desk,
            language=handed.language,
            known=json.encode(handed.known),
            state="waiting",
            assignee=None,
            since_ts=now_ms,
            said_position=before.said_position if before else 0,
            read_position=before.read_position if before else 0,
            went_ts=None,
        )
        self.happened(tx, row, entry=Entry(sender="event", kind="handed_over", text=handed.desk))

    def hear(self, tx: Tx, room_id: str, *, kind: str, text: str, file: KeptFile | None = None) -> None:
        """Keep what the person says while the staff have the chat."""
        chat = self.find(tx, room_id)
        if chat is not None:
            self.say(tx, chat, entry=Entry(sender="person", kind=kind, text=text, file=file))

    def take_back(self, tx: Tx, room_id: str) -> None:
        """Take a chat out of the inbox, if it is there: its person went back to the bot or away, or nobody came."""
        chat = self.find(tx, room_id)
        if chat is not None:
            self.went(tx, chat)

    def is_taken(self, tx: Tx, room_id: str) -> bool:
        """Whether somebody of the staff has the chat."""
        chat = self.find(tx, room_id)
        return chat is not None and chat.state == "taken"

    # What became of a reply.

    @staticmethod
    def settle_needs(room_id: str, txn_id: str) -> Sequence[Need]:
        """Return what `settle` reads."""
        part = part_of(txn_id)
        return [(LINES, (room_id, part.position))] if part else []

    def settle(self, tx: Tx, room_id: str, *, txn_id: str, is_sent: bool) -> None:
        """Note that the server has a message, or never will; of one that the desk has not said, nothing is noted."""
        part = part_of(txn_id)
        line = tx.get(LINES, room_id, part.position) if part else None
        if part is None or line is None or (is_sent and not (part.is_last and line.state == "sending")):
            return
        tx.put(LINES, replace(line, state="sent" if is_sent else "failed"))
        self.changes.after(tx, f"{CHAT}{room_id}")

    # What else stands in a chat.

    def say(self, tx: Tx, chat: ChatRow, *, entry: Entry) -> int:
        """Put what somebody says, and return its position."""
        position = self._put_line(tx, chat.room_id, entry)
        self.change(tx, replace(chat, said_position=position))
        return position

    def happened(self, tx: Tx, chat: ChatRow, *, entry: Entry) -> None:
        """Put a change of a chat, and a line that tells of it."""
        self._put_line(tx, chat.room_id, entry)
        self.change(tx, chat)

    def went(self, tx: Tx, chat: ChatRow, *, member: str | None = None) -> None:
        """Let a chat go back to the flow."""
        gone = replace(chat, state=BACK, assignee=None, went_ts=self._now_ms())
        self.happened(tx, gone, entry=Entry(sender="event", kind="given_back", member=member))

    def change(self, tx: Tx, chat: ChatRow) -> None:
        """Put a chat as it is now, and tell the pages."""
        tx.put(CHATS, chat)
        self.changes.after(tx, "inbox", f"{CHAT}{chat.room_id}")

    def _put_line(self, tx: Tx, room_id: str, entry: Entry) -> int:
        position = tx.next(LINE_STREAM)
        state = "sending" if entry.sender == "staff" else None
        file = json.encode(entry.file) if entry.file else None
        row = LineRow(
            room_id, position, entry.sender, entry.member, entry.kind, entry.text, self._now_ms(), state, file
        )
        tx.put(LINES, row)
        return position
