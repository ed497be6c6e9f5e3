"""Unread counts, by arithmetic: the newest event's running count less the one at the reader's receipt."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from amanat.core import events
from amanat.core.push_silence import Volume
from amanat.core.receipts import MAIN
from amanat.core.standing import NOWHERE, Standing
from amanat.core.unread import counts_as_unread
from amanat.store.events import NEWEST_OF_SENDERS, THREAD_BEFORE, THREADS_AFTER, EventRow, ThreadRow
from amanat.store.receipts import HIGHLIGHTS_AFTER, WHOLE_ROOM, HighlightRow
from amanat.store.room_memory import Head
from amanat.store.store import Store

LOOK_BACK: Final = 500
"""Unread events of a room among which those of ignored people are looked for."""


class Count(Struct, frozen=True):
    notifications: int
    highlights: int

    def body(self) -> dict[str, int]:
        """Return it as the specification writes it."""
        return {"notification_count": self.notifications, "highlight_count": self.highlights}


_NOTHING = Count(0, 0)


class Unread(Struct, frozen=True):
    """What a reader has not read: in the main timeline, and in each thread that has something."""

    main: Count
    threads: dict[str, Count]

    @property
    def whole(self) -> Count:
        """Return the room's count for a client that does not know of threads."""
        if not self.threads:
            return self.main
        counts = [self.main, *self.threads.values()]
        return Count(sum(each.notifications for each in counts), sum(each.highlights for each in counts))


class _Unheard:
    """What the people whom a reader ignores have said since; the running counts hold it, and the reader's must not."""

    def __init__(self, rows: Sequence[EventRow] = ()) -> None:
        self.positions = frozenset(row.position for row in rows)
        self._counting = [(row.thread_root or MAIN, row.position) for row in rows if _counts(row)]

    def count(self, thread: str, *, after: int) -> int:
        """Return how many of them count as unread in a thread."""
        return sum(1 for in_thread, position in self._counting if in_thread == thread and position > after)


_NOBODY: Final = _Unheard()


async def unread_of(
    store: Store, *, user_id: str, room_id: str, head: Head, ignored: frozenset[str] = frozenset()
) -> Unread:
    """Count what a reader has not read, but for what their push rules silence and what ignored people say."""
    rules = await store.push_rules.get(user_id)
    volume = Volume.LOUD if rules is None else rules.silence.of(room_id)
    if volume is Volume.MUTED:
        return Unread(_NOTHING, {})
    standing = await store.standings.get((room_id, user_id)) or NOWHERE
    oldest = min(standing.main_position, standing.unthreaded_position)
    highlights: list[HighlightRow] = []
    if head.highlight_position > oldest:
        highlights += await store.all(HIGHLIGHTS_AFTER, user_id=user_id, room_id=room_id, after=oldest)
        highlights += await store.all(HIGHLIGHTS_AFTER, user_id=WHOLE_ROOM, room_id=room_id, after=oldest)
    unheard = _NOBODY
    if ignored and head.position > oldest:
        unheard = await _unheard(store, room_id, after=oldest, ignored=ignored)
        highlights = [each for each in highlights if each.position not in unheard.positions]
    main = _count(
        head.main_notifying - standing.main_notifying - unheard.count(MAIN, after=standing.main_position),
        _after(highlights, MAIN, standing.main_position),
    )
    threads: dict[str, Count] = {}
    if head.thread_position > standing.unthreaded_position:
        rows = await store.all(THREADS_AFTER, room_id=room_id, after=standing.unthreaded_position)
        counted = {row.root_id: await _thread(store, row, standing, highlights, unheard) for row in rows}
        threads = {root: count for root, count in counted.items() if count != _NOTHING}
    return _mentions(main, threads) if volume is Volume.MENTIONS else Unread(main, threads)


def _mentions(main: Count, threads: dict[str, Count]) -> Unread:
    """Leave of the counts what mentions the reader, who wants to hear of nothing else."""
    mentioned = {root: Count(count.highlights, count.highlights) for root, count in threads.items() if count.highlights}
    return Unread(Count(main.highlights, main.highlights), mentioned)


async def _unheard(store: Store, room_id: str, *, after: int, ignored: frozenset[str]) -> _Unheard:
    senders = sorted(ignored)
    rows = await store.all(NEWEST_OF_SENDERS, room_id=room_id, after=after, senders=senders, look_back=LOOK_BACK)
    return _Unheard(rows)


def _counts(row: EventRow) -> bool:
    return counts_as_unread(row.type, events.read(row.json).content, is_state=row.state_key is not None)


async def _thread(
    store: Store, thread: ThreadRow, standing: Standing, highlights: Sequence[HighlightRow], unheard: _Unheard
) -> Count:
    read_upto = standing.read_upto(thread.root_id)
    if thread.latest_position <= read_upto:
        return _NOTHING
    before = await store.first(THREAD_BEFORE, root_id=thread.root_id, upto=read_upto)
    notifying = thread.notifying - (before.thread_notifying if before else 0)
    notifying -= unheard.count(thread.root_id, after=read_upto)
    return _count(notifying, _after(highlights, thread.root_id, read_upto))


def _count(notifying: int, highlights: int) -> Count:
    """Put a count together: who is highlighted is notified too, be it of an event that counts for nobody else."""
    return Count(max(notifying, highlights), highlights)


def _after(highlights: Sequence[HighlightRow], thread: str, position: int) -> int:
    if not highlights:
        return 0
    return sum(1 for each in highlights if each.thread == thread and each.position > position)
