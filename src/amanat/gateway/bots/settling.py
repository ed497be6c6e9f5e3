"""What becomes of what the bot said: the server has it under an id, or will never have it."""

from collections.abc import Sequence

from msgspec.structs import replace

from amanat.db.tx import Need, Tx
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.model import Delivered, PollBody
from amanat.gateway.bots.notes import Notes
from amanat.gateway.bots.people import chat_of
from amanat.gateway.bots.reads import Reads
from amanat.gateway.bots.speaking import Reaction
from amanat.gateway.bots.tables import (
    CHAT_OF_ROOM,
    CHATS,
    MESSAGES,
    PEOPLE,
    REACTIONS,
    SAYINGS,
    MessageRow,
    decode_kept,
)
from amanat.gateway.bots.updates import Updates
from amanat.gateway.bots.voting import say_end


class Settling:
    """Settles for one bot. `needs` first, then the act in a unit."""

    def __init__(self, on: Ground, updates: Updates, *, reads: Reads) -> None:
        self._on = on
        self._updates = updates
        self._reads = reads
        self._people: Notes[str] = Notes()
        """Whom a private chat is with, which never changes."""

    async def needs(self, room_id: str, number: int) -> Sequence[Need]:
        """Return what `settle` reads."""
        person = self._people.get(room_id, "") or await self._person(room_id)
        return [(SAYINGS, (number,)), (CHATS, (room_id,)), *([(PEOPLE, (person,))] if person else [])]

    def settle(self, tx: Tx, room_id: str, *, number: int, event_id: str | None) -> None:
        """Note that the server has a message under an id, or will never have it."""
        saying, row = tx.get(SAYINGS, number), tx.get(CHATS, room_id)
        if saying is None or row is None:
            return
        tx.delete(SAYINGS, number)
        kept = decode_kept(saying.kept)
        if event_id is not None:
            message = MessageRow(event_id, number, room_id, "", saying.ts, saying.kept, saying.ts)
            tx.put(MESSAGES, message)
            if isinstance(kept.body, PollBody) and kept.body.ended:
                say_end(tx, message, poll=kept.body, on=self._on)
        tx.after_commit(self._on.settled.wake)
        told = Delivered(
            chat=chat_of(row, tx.get(PEOPLE, row.person) if row.person else None),
            number=number,
            is_sent=event_id is not None,
            ts=self._on.now_ms(),
            markup=kept.markup,
        )
        self._updates.put(tx, told, chat=row.number)
        if event_id is not None:
            self._reads.said(tx, row, number=number, event_id=event_id)

    async def _person(self, room_id: str) -> str:
        chat = await self._on.store.first(CHAT_OF_ROOM, room_id=room_id)
        if chat is None or not chat.person:
            return ""
        self._people.put(room_id, chat.person)
        return chat.person

    @staticmethod
    def reacted_needs(room_id: str, number: int) -> Sequence[Need]:
        """Return what `reacted` reads."""
        return [(REACTIONS, (number,)), (CHATS, (room_id,))]

    def reacted(self, tx: Tx, room_id: str, *, reaction: Reaction, event_id: str) -> None:
        """Note that the server has the bot's reaction to a message under an id."""
        row, chat = tx.get(REACTIONS, reaction.number), tx.get(CHATS, room_id)
        if row is not None:
            tx.put(REACTIONS, replace(row, event_id=event_id))
        if chat is not None and self._on.api.tells_reads:
            self._reads.did(tx, chat, act=reaction.act, event_id=event_id)
