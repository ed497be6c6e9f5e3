"""Receipts and read markers: where people stand in a room. Spec: client-server-api#receipts."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Raw, json

from amanat.core.errors import Forbidden, NotFound
from amanat.core.receipts import (
    FULLY_READ,
    READ,
    SENT,
    UNTHREADED,
    check_kind,
    contents,
    moves_forward,
    thread_of_receipt,
)
from amanat.core.requester import Requester
from amanat.db.tx import Need, Tx
from amanat.handlers.account_data import AccountData
from amanat.notifier.local import LocalNotifier
from amanat.store.events import EVENT_BY_ID, EventRow
from amanat.store.receipts import RECEIPTS, RECEIPTS_CHANGED, ReceiptRow
from amanat.store.rooms import MEMBERS
from amanat.store.store import Store
from amanat.store.streams import ROOM_STREAM


class Receipts:
    """Moves receipts forward, and tells who should know."""

    def __init__(
        self, store: Store, *, notifier: LocalNotifier, account_data: AccountData, now_ms: Callable[[], int]
    ) -> None:
        self._store = store
        self._notifier = notifier
        self._account_data = account_data
        self._now_ms = now_ms

    async def send(self, requester: Requester, *, room_id: str, kind: str, event_id: str, body: dict[str, Any]) -> None:
        """Move one of the user's receipts up to `event_id`; a receipt never moves back."""
        check_kind(kind)
        event = await self._event(room_id, event_id)
        thread = thread_of_receipt(body, kind=kind, event_id=event_id, event_thread=event.thread_root)
        await self.move(requester, room_id=room_id, moves=[(kind, thread, event)])

    async def send_markers(self, requester: Requester, *, room_id: str, markers: dict[str, str]) -> None:
        """Move several kinds of receipt at once: `markers` is event ids by kind."""
        moves = [(kind, UNTHREADED, await self._event(room_id, event_id)) for kind, event_id in markers.items()]
        await self.move(requester, room_id=room_id, moves=moves)

    async def move(self, requester: Requester, *, room_id: str, moves: list[tuple[str, str, EventRow]]) -> None:
        """Move receipts, each a kind, a thread and an event, in one unit of work."""
        user_id = requester.user_id

        def run(tx: Tx) -> None:
            member = tx.get(MEMBERS, room_id, user_id)
            if member is None or member.membership != "join":
                raise Forbidden("You are not in this room.")
            for kind, thread, event in moves:
                self._move(tx, user_id, kind=kind, thread=thread, event=event)

        needs: list[Need] = [(MEMBERS, (room_id, user_id))]
        needs += [(RECEIPTS, (room_id, user_id, kind, thread)) for kind, thread, _ in moves]
        await self._store.write(run, needs=needs)

    def _move(self, tx: Tx, user_id: str, *, kind: str, thread: str, event: EventRow) -> None:
        before = tx.get(RECEIPTS, event.room_id, user_id, kind, thread)
        if not moves_forward(before.event_position if before else None, event.position):
            return
        position = tx.next(ROOM_STREAM)
        tx.put(
            RECEIPTS,
            ReceiptRow(
                room_id=event.room_id,
                user_id=user_id,
                kind=kind,
                thread=thread,
                event_id=event.event_id,
                event_position=event.position,
                ts=self._now_ms(),
                position=position,
                main_notifying=event.main_notifying,
                thread_notifying=event.thread_notifying,
            ),
        )
        if kind != FULLY_READ:
            place = (event.room_id, user_id)
            held = tx.peek(self._store.standings, place)
            moved = held and held.moved(thread, position=event.position, main_notifying=event.main_notifying)
            tx.stage(self._store.standings, place, moved)
            tx.after_commit(lambda: self._notifier.receipt_moved(user_id, event.room_id))
        else:
            content = json.encode({"event_id": event.event_id})
            self._account_data.put_in(tx, user_id, room_id=event.room_id, data_type=FULLY_READ, content=content)
        if kind == READ:
            tx.after_commit(lambda: self._notifier.room_changed(event.room_id, position))
        else:
            tx.after_commit(lambda: self._notifier.room_changed_for(user_id, room_id=event.room_id, position=position))

    async def _event(self, room_id: str, event_id: str) -> EventRow:
        event = await self._store.first(EVENT_BY_ID, event_id=event_id)
        if event is None or event.room_id != room_id:
            raise NotFound("There is no such event in this room.")
        return event

    async def moved(self, room_id: str, *, after: int, upto: int) -> list[ReceiptRow]:
        """Return the receipts that moved in (after, upto]."""
        return await self._store.all(RECEIPTS_CHANGED, room_id=room_id, after=after, upto=upto)


def receipt_events(moved: Sequence[ReceiptRow], *, reader: str) -> list[Raw]:
    """Return the `m.receipt` events that a reader is told of these receipts."""
    shown = contents([row for row in moved if row.kind != SENT], reader=reader)
    return [Raw(json.encode({"type": "m.receipt", "content": content})) for content in shown if content]
