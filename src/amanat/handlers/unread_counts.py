"""Unread counts, by arithmetic: the newest event's running count less the one at the reader's receipt."""

from collections.abc import Sequence

from msgspec import Struct

from amanat.core.push_silence import Volume
from amanat.core.receipts import MAIN
from amanat.core.standing import NOWHERE, Standing
from amanat.store.events import THREAD_BEFORE, THREADS_AFTER, ThreadRow
from amanat.store.receipts import HIGHLIGHTS_AFTER, WHOLE_ROOM, HighlightRow
from amanat.store.room_memory import Head
from amanat.store.store import Store


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


async def unread_of(store: Store, *, user_id: str, room_id: str, head: Head) -> Unread:
    """Count what a reader has not read, but for what their push rules silence."""
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
    main = _count(head.main_notifying - standing.main_notifying, _after(highlights, MAIN, standing.main_position))
    threads: dict[str, Count] = {}
    if head.thread_position > standing.unthreaded_position:
        rows = await store.all(THREADS_AFTER, room_id=room_id, after=standing.unthreaded_position)
        counted = {row.root_id: await _thread(store, row, standing, highlights) for row in rows}
        threads = {root: count for root, count in counted.items() if count != _NOTHING}
    return _mentions(main, threads) if volume is Volume.MENTIONS else Unread(main, threads)


def _mentions(main: Count, threads: dict[str, Count]) -> Unread:
    """Leave of the counts what mentions the reader, who wants to hear of nothing else."""
    mentioned = {root: Count(count.highlights, count.highlights) for root, count in threads.items() if count.highlights}
    return Unread(Count(main.highlights, main.highlights), mentioned)


async def _thread(store: Store, thread: ThreadRow, standing: Standing, highlights: Sequence[HighlightRow]) -> Count:
    read_upto = standing.read_upto(thread.root_id)
    if thread.latest_position <= read_upto:
        return _NOTHING
    before = await store.first(THREAD_BEFORE, root_id=thread.root_id, upto=read_upto)
    notifying = thread.notifying - (before.thread_notifying if before else 0)
    return _count(notifying, _after(highlights, thread.root_id, read_upto))


def _count(notifying: int, highlights: int) -> Count:
    """Put a count together: who is highlighted is notified too, be it of an event that counts for nobody else."""
    return Count(max(notifying, highlights), highlights)


def _after(highlights: Sequence[HighlightRow], thread: str, position: int) -> int:
    if not highlights:
        return 0
    return sum(1 for each in highlights if each.thread == thread and each.position > position)
