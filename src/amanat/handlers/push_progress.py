"""How far everything has been pushed, or is kept to be tried again: known by rounds, written down now and then."""

from collections import deque
from collections.abc import Callable
from typing import Final

from amanat.db.unit_store import MetaRow
from amanat.store.events import ROOMS_SINCE
from amanat.store.store import Store
from amanat.store.streams import META, ROOM_STREAM

PUSHED_UPTO: Final = "pushed_upto"
"""The fact about the server that says how far everything has been pushed."""
SAVED_EVERY_MS: Final = 1_000
CAUGHT_UP_MS: Final = 10 * 60_000
"""Events older than this are not pushed after a crash: who has not seen them by then looks at their app."""
CAUGHT_UP_EVENTS: Final = 10_000


class Round:
    """What was found in one look at what had changed: how far it looked, and how many pushes are not cared for yet."""

    __slots__ = ("open", "upto")

    def __init__(self, upto: int) -> None:
        self.upto = upto
        self.open = 1

    def done(self) -> None:
        self.open -= 1


class PushProgress:
    """Rounds under way, and the position up to which there is nothing left to push."""

    def __init__(self, store: Store, *, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms
        self._rounds: deque[Round] = deque()
        self._upto = self._saved = 0
        self._saved_ts = 0
        self.looked_upto = 0
        """What was committed up to there has been looked at, though it may not be with its people yet."""

    @property
    def is_under_way(self) -> bool:
        """Whether there is something to write down by and by."""
        return bool(self._rounds)

    async def open(self) -> None:
        """Read how far the last process had come."""
        saved = (await self._store.meta()).get(PUSHED_UPTO)
        self.looked_upto = self._upto = self._saved = int(saved or 0)

    def skip(self) -> None:
        """Begin here: what came before is nobody's."""
        self.looked_upto = self._upto = self._store.position(ROOM_STREAM)

    def begin(self) -> Round:
        """Begin to look at what is committed by now."""
        self._rounds.append(Round(self._store.position(ROOM_STREAM)))
        return self._rounds[-1]

    def looked(self, looked: Round) -> None:
        """All that a round was to look at has been."""
        looked.done()
        self.looked_upto = max(self.looked_upto, looked.upto)

    def give_up(self, looked: Round) -> None:
        """Count a round no more: another will look at the same."""
        self._rounds.remove(looked)

    async def changed(self) -> dict[str, int]:
        """Return the rooms of what was committed after the last look, each with the first position of it."""
        after = max(self.looked_upto, self._store.position(ROOM_STREAM) - CAUGHT_UP_EVENTS)
        rows = await self._store.all(ROOMS_SINCE, after=after, since_ts=self._now_ms() - CAUGHT_UP_MS)
        return {row.room_id: row.first for row in rows}

    async def save_now_and_then(self) -> None:
        """Write down how far everything was pushed, unless that was done a moment ago."""
        if self._now_ms() - self._saved_ts >= SAVED_EVERY_MS:
            await self.save()

    async def save(self) -> None:
        """Write down how far everything has been pushed."""
        while self._rounds and self._rounds[0].open == 0:
            self._upto = self._rounds.popleft().upto
        if self._upto == self._saved:
            return
        upto = self._upto
        await self._store.write(lambda tx: tx.put(META, MetaRow(PUSHED_UPTO, str(upto))))
        self._saved, self._saved_ts = upto, self._now_ms()
