"""What happened in joined rooms, made once and shared by all the readers who stood at the same place."""

from collections.abc import Callable, Hashable

from msgspec import Raw, Struct
from prometheus_client import Gauge

from amanat.handlers.sync_scope import MemberChange

LIFE_MS = 1000
"""How long changes are shared: `age` in them is as old as they are. A room of 5,000 is told in a third of it."""
MAX_BYTES = 16 * 1024 * 1024
"""Changes kept to be shared, by what they hold as JSON."""

BYTES = Gauge("amanat_sync_shared_bytes", "Room changes in memory, to be shared by those who sync.")


class Changes(Struct, frozen=True, kw_only=True):
    """What happened in a joined room, the same for every reader but those in `apart`.

    `senders` have sent messages in it: whoever ignores one of them is told apart too.
    """

    timeline: Raw
    state: Raw
    silent: bool
    """There is no event to tell."""
    member_changes: list[MemberChange]
    apart: frozenset[str]
    senders: frozenset[str]
    receipts: list[Raw]
    told_receipts_apart: frozenset[str]
    readers: frozenset[str]
    """Those whose receipts moved, and so their counts."""


class SharedChanges:
    """Keeps changes for a moment, under everything that they depend on.

    A redaction is itself a change with a later position: who syncs after it asks for other changes than those before.
    """

    def __init__(self, *, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._kept: dict[Hashable, tuple[Changes, int]] = {}
        self._bytes = 0

    def find(self, key: Hashable) -> Changes | None:
        """Return changes that were made just now."""
        kept = self._kept.get(key)
        if kept is None or not 0 <= self._now_ms() - kept[1] < LIFE_MS:
            return None
        return kept[0]

    def keep(self, key: Hashable, changes: Changes) -> None:
        """Keep changes for those who come next, as long as there is room; what is old goes."""
        now_ms = self._now_ms()
        self._drop(key)
        self._kept[key] = changes, now_ms
        self._bytes += _size(changes)
        while self._kept:
            oldest, (_, made_ms) = next(iter(self._kept.items()))
            if self._bytes <= MAX_BYTES and 0 <= now_ms - made_ms < LIFE_MS:
                break
            self._drop(oldest)
        BYTES.set(self._bytes)

    def _drop(self, key: Hashable) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._bytes -= _size(kept[0])


def _size(changes: Changes) -> int:
    return sum(len(part) for part in (changes.timeline, changes.state, *changes.receipts)) + 1000
