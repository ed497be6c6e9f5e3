"""Which chats have something to deliver, and when: memory that follows the disk, so that a long queue costs no more."""

from collections import OrderedDict, deque
from heapq import heappop, heappush
from typing import Final

from amanat.gateway.bots.tables import WAITING_CHATS, UpdateRow
from amanat.gateway.store.store import GatewayStore

NEVER: Final = -1
"""Before the first position."""
MOST_HELD: Final = 200
LARGEST_HELD: Final = 8_192
"""Updates that are held in memory, and bytes of each."""


class Backlog:
    """One bot's. A chat is ready, at work, or postponed; one that is none of them has nothing to deliver.

    It holds a number for each chat in which something waits, the last few updates as they were put, and nothing while
    nobody is delivered to.
    """

    def __init__(self, store: GatewayStore) -> None:
        self._store = store
        self._is_known = False
        self._is_whole = False
        """Whether everything that waits is noted."""
        self._newest: dict[int, int] = {}
        self._ready: OrderedDict[int, None] = OrderedDict()
        self._at_work: set[int] = set()
        self._postponed: dict[int, int] = {}
        self._timers: list[tuple[int, int]] = []
        """When a postponed chat is due, the next first; also of chats that are not postponed any more."""
        self._rows: dict[int, deque[UpdateRow]] = {}
        """Of a chat, its oldest updates, without a gap; none was tried yet."""
        self._held = 0

    def forget(self) -> None:
        """The disk may hold something else: it is asked before anything is taken."""
        self._is_known = self._is_whole = False
        for chat in [*self._rows]:
            self._drop_rows(chat)
        self._newest.clear()
        self._ready.clear()
        self._postponed.clear()
        self._timers.clear()

    def came(self, row: UpdateRow) -> None:
        """Note an update that is on disk."""
        if self._is_known:
            self._hold(row)
            self._note(row.chat, row.position)

    async def look(self) -> None:
        """Learn what waits, where that is not known."""
        if self._is_known:
            return
        self._is_known = True  # what comes from here on is noted
        try:
            rows = await self._store.all(WAITING_CHATS)
        except BaseException:
            self._is_known = False
            raise
        if self._is_known:  # else it was to forget meanwhile
            for row in rows:
                self._note(row.chat, row.newest)
            self._is_whole = True

    def take(self, most: int, *, now_ms: int) -> list[int]:
        """Return chats to deliver to, so that no more than `most` are at work; each is given back by `leave`."""
        while self._timers and self._timers[0][0] <= now_ms:
            due_ts, chat = heappop(self._timers)
            if self._postponed.get(chat) == due_ts:
                del self._postponed[chat]
                self._ready[chat] = None
        taken = []
        while self._ready and len(self._at_work) < most:
            chat, _ = self._ready.popitem(last=False)
            self._at_work.add(chat)
            taken.append(chat)
        return taken

    def oldest(self, chat: int) -> UpdateRow | None:
        """Return the oldest update of a chat, where it is in memory; None says nothing."""
        rows = self._rows.get(chat)
        return rows[0] if rows else None

    def newest(self, chat: int) -> int:
        """Return the position of the newest update of a chat."""
        return self._newest.get(chat, NEVER)

    def leave(self, chat: int, *, done: int = NEVER, due_ts: int | None = None) -> None:
        """Give a chat back. Nothing waits there up to the position `done`; `due_ts`: it is not looked at before."""
        self._at_work.discard(chat)
        self._drop_rows(chat, to=done)
        if chat not in self._newest:
            return  # nothing is known of it any more
        if self._newest[chat] <= done:
            del self._newest[chat]
        elif due_ts is None:
            self._ready[chat] = None
        else:
            self._postponed[chat] = due_ts
            heappush(self._timers, (due_ts, chat))

    def next_due_ts(self) -> int | None:
        """Return when the next postponed chat is due, if any is and nothing is ready before it."""
        while self._timers and self._postponed.get(self._timers[0][1]) != self._timers[0][0]:
            heappop(self._timers)
        return self._timers[0][0] if self._timers else None

    def _hold(self, row: UpdateRow) -> None:
        """Keep an update in memory if nothing waits before it that is not."""
        rows, newest = self._rows.get(row.chat), self._newest.get(row.chat)
        if rows is None:
            follows = self._is_whole and newest is None and row.chat not in self._at_work
        else:
            follows = rows[-1].position == newest
        if follows and self._held < MOST_HELD and len(row.body) <= LARGEST_HELD:
            self._rows.setdefault(row.chat, deque()).append(row)
            self._held += 1

    def _drop_rows(self, chat: int, *, to: int = NEVER) -> None:
        """Let go what is done with, up to a position; all of it, where what is on disk may have changed."""
        rows = self._rows.get(chat, deque())
        while rows and (to == NEVER or rows[0].position <= to):
            rows.popleft()
            self._held -= 1
        if not rows:
            self._rows.pop(chat, None)

    def _note(self, chat: int, position: int) -> None:
        is_new = chat not in self._newest
        self._newest[chat] = max(self.newest(chat), position)
        if is_new and chat not in self._at_work:
            self._ready[chat] = None
