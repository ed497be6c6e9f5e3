"""How far somebody has read what a bot said, as their app says it: told for each message, once and in order.

A receipt names one event, and may come before the gateway knows its own message by it. So what is seen is kept first;
what it means is told in a unit of its own, once all that it is about is on disk.
"""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from amanat.core.errors import InternalError
from amanat.db.tx import Need, Tx
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.model import WasRead
from amanat.gateway.bots.people import chat_of
from amanat.gateway.bots.tables import (
    CHAT_OF_ROOM,
    CHATS,
    CHATS_READ,
    MESSAGES,
    PEOPLE,
    SAID_BETWEEN,
    ChatRow,
    MessageRow,
    decode_kept,
)
from amanat.gateway.bots.updates import Updates
from amanat.gateway.bots.waiters import Waiters

MOST: Final = 20
"""Of a chat, the newest: whoever was away for long has read more than a program asks about."""
DATABASE_AWAY_S: Final = 0.5


class Receipt(Struct, frozen=True, kw_only=True):
    """Up to which event of a room somebody has read."""

    room_id: str
    event_id: str
    sender: str
    ts: int


class Reads:
    """Follows for one bot how far people have read. `needs` first, then the act in a unit; `work` tells the bot."""

    def __init__(self, on: Ground, updates: Updates) -> None:
        self._on = on
        self._updates = updates
        self._seen = Waiters()
        on.store.recovered.append(self._seen.wake)

    # What is seen, and what the bot did in the meantime.

    async def needs(self, receipt: Receipt) -> Sequence[Need]:
        """Return what `take` reads."""
        chat = await self._on.store.first(CHAT_OF_ROOM, room_id=receipt.room_id)
        person = [(PEOPLE, (chat.person,))] if chat is not None and chat.person else []
        return [(CHATS, (receipt.room_id,)), (MESSAGES, (receipt.event_id,)), *person]

    def take(self, tx: Tx, receipt: Receipt) -> None:
        """Keep how far somebody has read. In a group that says nothing: others have not."""
        row = tx.get(CHATS, receipt.room_id)
        if row is None or row.kind != "private" or row.person != receipt.sender:
            return
        person, message = tx.get(PEOPLE, row.person), tx.get(MESSAGES, receipt.event_id)
        if person is None or person.is_blocked:
            return
        if message is None and receipt.event_id != row.act_event:
            # What the server has not said to have taken yet, or nothing of the bot's.
            tx.put(CHATS, replace(row, read_event=receipt.event_id, read_ts=receipt.ts))
        elif message is None or message.user_id == "":
            # By what they wrote themselves nobody shows what they have read: it may stand above an answer.
            number = row.act if message is None else message.number
            self._note(tx, replace(row, read_event="", read_ts=receipt.ts), number=number)

    def said(self, tx: Tx, row: ChatRow, *, number: int, event_id: str) -> None:
        """Note that the server has a message of the bot's, which somebody may have read by now."""
        if row.read_event == event_id:
            self._note(tx, replace(row, read_event=""), number=number)

    def did(self, tx: Tx, row: ChatRow, *, act: int, event_id: str) -> None:
        """Note that the server has something else of the bot's: an app may name it in a receipt, as the newest."""
        row = replace(row, act=act, act_event=event_id)
        if row.read_event == event_id:
            self._note(tx, replace(row, read_event=""), number=act)
        else:
            tx.put(CHATS, row)

    def _note(self, tx: Tx, row: ChatRow, *, number: int) -> None:
        if number <= row.read_to:  # a receipt that stands further up, of another thread perhaps
            return
        tx.put(CHATS, replace(row, read_to=number))
        tx.after_commit(self._seen.wake)

    # What the bot is told.

    async def work(self) -> None:
        """Tell the bot, until cancelled."""
        while True:
            seen = self._seen.generation
            try:
                while rows := await self._on.store.all(CHATS_READ):
                    await self._tell(rows)
            except InternalError:
                await asyncio.sleep(DATABASE_AWAY_S)
                continue
            await self._seen.wait(None, since=seen)

    async def _tell(self, rows: Sequence[ChatRow]) -> None:
        unread = [(row, await self._unread(row)) for row in rows]
        needs: list[Need] = []
        for row in rows:
            needs += [(CHATS, (row.room_id,)), (PEOPLE, (row.person,))]
        await self._on.store.write(partial(self._put, unread=unread), needs=needs)

    async def _unread(self, row: ChatRow) -> list[MessageRow]:
        asked = {"room_id": row.room_id, "after": row.read_told, "upto": row.read_to, "most": MOST}
        return await self._on.store.all(SAID_BETWEEN, **asked)

    def _put(self, tx: Tx, *, unread: Sequence[tuple[ChatRow, list[MessageRow]]]) -> None:
        for seen, newest_first in unread:
            row, person = tx.get(CHATS, seen.room_id), tx.get(PEOPLE, seen.person)
            # Where the database wrote this and could not say so, it was told.
            if row is None or row.read_told >= seen.read_to:
                continue
            for each in reversed(newest_first):
                markup = decode_kept(each.kept).markup
                told = WasRead(chat=chat_of(row, person), number=each.number, ts=seen.read_ts, markup=markup)
                self._updates.put(tx, told, chat=row.number)
            tx.put(CHATS, replace(row, read_told=seen.read_to))
