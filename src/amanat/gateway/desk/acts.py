"""What the staff do in a chat: one unit for each, with its entry in the audit trail."""

from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

from msgspec import Struct
from msgspec.structs import replace

from amanat.db.tx import Need, Tx
from amanat.gateway.desk import trail
from amanat.gateway.desk.changes import CHAT
from amanat.gateway.desk.errors import NotWithStaff
from amanat.gateway.desk.files import KeptFile
from amanat.gateway.desk.inbox import Entry, Inbox
from amanat.gateway.desk.looks import Looks
from amanat.gateway.desk.sending import TxnIds, txn_ids
from amanat.gateway.desk.tables import (
    ASSIGNED_TO,
    CHATS,
    LINE_STREAM,
    NOTES,
    REQUESTS,
    ChatRow,
    NoteRow,
    RequestRow,
)
from amanat.gateway.store.store import GatewayStore

MAX_TEXT: Final = 4000


class Bot(Protocol):
    """The flow that a chat came from, and the service's voice: parts of the desk's units."""

    def needs(self, room_id: str) -> Sequence[Need]:
        """Return what the other methods read."""
        ...

    def say(self, tx: Tx, text: str, *, room_id: str, ids: TxnIds) -> None:
        """Say something in a chat, word for word."""
        ...

    def send(self, tx: Tx, content: dict[str, Any], *, room_id: str, ids: TxnIds) -> None:
        """Send a content of `m.room.message` to a chat."""
        ...

    def give_back(self, tx: Tx, room_id: str) -> None:
        """Go on with the flow."""
        ...

    def was_taken(self, tx: Tx, room_id: str) -> None:
        """Wait for the staff however long they take, since somebody has the chat."""
        ...

    def was_let_go(self, tx: Tx, room_id: str) -> None:
        """Wait as long as the flow says from now on, since nobody has the chat any more."""
        ...


class Reply(Struct, frozen=True, kw_only=True):
    """What a member says to the person, under an id of their browser's own."""

    member: str
    txn_id: str
    kind: str = "text"
    text: str = ""
    file: KeptFile | None = None


class Acts:
    """Does what the staff ask for. Each raises `NotWithStaff` where the chat has gone back meanwhile."""

    def __init__(
        self,
        store: GatewayStore,
        inbox: Inbox,
        *,
        bot: Bot,
        now_ms: Callable[[], int],
        mint: Callable[[], str],
    ) -> None:
        self._store = store
        self._inbox = inbox
        self._bot = bot
        self._now_ms = now_ms
        self._mint = mint
        self._looks = Looks(store, now_ms=now_ms)

    async def opened(self, member: str, room_id: str) -> None:
        """Note that somebody has looked into a chat: once an hour, for a page looks again at each change."""
        await self.looked_at(member, "opened", about=room_id)

    async def looked_at(self, member: str, what: trail.What, *, about: str) -> None:
        """Note that somebody has looked at something, once an hour."""
        await self._looks.note(member, what, about=about)

    async def read(self, room_id: str, position: int) -> None:
        """Note up to where the staff have read; never backwards."""

        def run(tx: Tx) -> None:
            chat = tx.get(CHATS, room_id)
            if chat is not None and position > chat.read_position:
                self._inbox.change(tx, replace(chat, read_position=min(position, chat.said_position)))

        await self._store.write(run, needs=self._inbox.needs(room_id))

    async def assign(self, member: str, room_id: str, *, assignee: str | None) -> None:
        """Give a chat to somebody of the staff, or to nobody."""

        def run(tx: Tx) -> None:
            chat = self._with_staff(tx, room_id)
            if chat.assignee != assignee:
                self._give(tx, chat, member=member, assignee=assignee)

        await self._store.write(run, needs=self._needs(room_id))

    async def let_go_all(self, member: str, *, by: str) -> None:
        """Let every chat go that somebody has who is not of the staff any more."""
        for chat in await self._store.all(ASSIGNED_TO, member=member):

            def run(tx: Tx, room_id: str = chat.room_id) -> None:
                held = self._inbox.find(tx, room_id)
                if held is not None and held.assignee == member:
                    self._give(tx, held, member=by, assignee=None)

            await self._store.write(run, needs=self._needs(chat.room_id))

    async def reply(self, member: str, room_id: str, *, text: str, txn_id: str) -> int:
        """Say something to the person, once for each `txn_id`; return its position."""

        def say(tx: Tx, ids: TxnIds) -> None:
            self._bot.say(tx, text, room_id=room_id, ids=ids)

        return await self.say(room_id, Reply(member=member, txn_id=txn_id, text=text), say=say)

    async def asked(self, member: str, room_id: str, *, txn_id: str) -> int | None:
        """Return what came of a request, if it was made before: something is to be prepared for it else."""

        def run(tx: Tx) -> int | None:
            asked = tx.get(REQUESTS, member, txn_id)
            if asked is None:
                self._with_staff(tx, room_id)
            return asked.position if asked else None

        return await self._store.write(run, needs=[(REQUESTS, (member, txn_id)), *self._inbox.needs(room_id)])

    async def say(self, room_id: str, reply: Reply, *, say: Callable[[Tx, TxnIds], None]) -> int:
        """Put a line of the staff's and what `say` says for it, once for each `txn_id`; return its position."""
        member = reply.member

        def run(tx: Tx) -> int:
            chat = self._with_staff(tx, room_id)
            if chat.assignee is None:
                chat = self._give(tx, chat, member=member, assignee=member)
            entry = Entry(sender="staff", kind=reply.kind, text=reply.text, member=member, file=reply.file)
            position = self._inbox.say(tx, chat, entry=entry)
            say(tx, txn_ids(position, seed=self._mint()))
            self._note_act(tx, member, "replied", room_id=room_id)
            return position

        return await self._once(run, member=member, room_id=room_id, txn_id=reply.txn_id)

    async def note(self, member: str, room_id: str, *, text: str, txn_id: str) -> int:
        """Note something for the staff alone, once for each `txn_id`; return its position."""

        def run(tx: Tx) -> int:
            if tx.get(CHATS, room_id) is None:
                raise NotWithStaff
            position = tx.next(LINE_STREAM)
            tx.put(NOTES, NoteRow(room_id, position, member, text, self._now_ms()))
            self._note_act(tx, member, "noted", room_id=room_id)
            self._inbox.changes.after(tx, f"{CHAT}{room_id}")
            return position

        return await self._once(run, member=member, room_id=room_id, txn_id=txn_id)

    async def hand_back(self, member: str, room_id: str) -> None:
        """Give a chat back to the flow, which goes on."""

        def run(tx: Tx) -> None:
            self._inbox.went(tx, self._with_staff(tx, room_id), member=member)
            self._note_act(tx, member, "handed_back", room_id=room_id)
            self._bot.give_back(tx, room_id)

        await self._store.write(run, needs=self._needs(room_id))

    def _needs(self, room_id: str) -> list[Need]:
        return [*self._inbox.needs(room_id), *self._bot.needs(room_id)]

    async def _once(self, act: Callable[[Tx], int], *, member: str, room_id: str, txn_id: str) -> int:
        def run(tx: Tx) -> int:
            asked = tx.get(REQUESTS, member, txn_id)
            if asked is not None:
                return asked.position
            position = act(tx)
            tx.put(REQUESTS, RequestRow(member, txn_id, position, self._now_ms()))
            return position

        return await self._store.write(run, needs=[(REQUESTS, (member, txn_id)), *self._needs(room_id)])

    def _with_staff(self, tx: Tx, room_id: str) -> ChatRow:
        chat = self._inbox.find(tx, room_id)
        if chat is None:
            raise NotWithStaff
        return chat

    def _give(self, tx: Tx, chat: ChatRow, *, member: str, assignee: str | None) -> ChatRow:
        given = replace(chat, state="taken" if assignee else "waiting", assignee=assignee)
        self._inbox.happened(
            tx, given, entry=Entry(sender="event", kind="assigned", text=assignee or "", member=member)
        )
        self._note_act(tx, member, "assigned", room_id=chat.room_id)
        if assignee is None:
            self._bot.was_let_go(tx, chat.room_id)
        else:
            self._bot.was_taken(tx, chat.room_id)
        return given

    def _note_act(self, tx: Tx, member: str, what: trail.What, *, room_id: str) -> None:
        trail.note(tx, member, what=what, about=room_id, now_ms=self._now_ms())
