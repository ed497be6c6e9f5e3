"""Memory that follows the disk: values derived from rows, loaded on demand, changed only by committed units.

What a unit changes is staged: later units of its batch see it through `Tx.see`, readers on the loop see `peek`,
which is what is on disk. A staged value is applied after the commit and dropped with its unit or its batch.
"""

from collections.abc import Awaitable, Callable, Hashable, Iterator
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memory(Generic[K, V]):
    """A bounded cache of immutable values, least recently loaded or changed first out.

    `load` reads a value from the database, or answers `None` where there is none; values are never changed in place.
    """

    def __init__(self, name: str, load: Callable[[K], Awaitable[V | None]], *, max_entries: int) -> None:
        self.name = name
        self.staged: dict[K, V | None] = {}
        self._committed: dict[K, V] = {}
        self._load = load
        self._max_entries = max_entries
        self._loading: dict[K, bool] = {}

    def __len__(self) -> int:
        return len(self._committed)

    def __iter__(self) -> Iterator[K]:
        return iter(self._committed)

    def peek(self, key: K) -> V | None:
        """Return the committed value if it is in memory."""
        return self._committed.get(key)

    async def get(self, key: K) -> V | None:
        """Return the committed value, reading it from the database if it is not in memory."""
        value = self._committed.get(key)
        if value is not None:
            return value
        while True:
            self._loading[key] = False
            value = await self._load(key)
            changed_meanwhile = self._loading.pop(key, False)
            if changed_meanwhile:
                value = self._committed.get(key)
                if value is not None:
                    return value
                continue
            if value is not None:
                self._keep(key, value)
            return value

    def apply_staged(self) -> None:
        """Make what the batch staged what readers see. Called after the commit."""
        for key, value in self.staged.items():
            if key in self._loading:
                self._loading[key] = True
            if value is None:
                self._committed.pop(key, None)
            else:
                self._keep(key, value)
        self.staged.clear()

    def clear(self) -> None:
        """Forget everything; the next reader loads it anew."""
        self.staged.clear()
        self._committed.clear()
        for key in self._loading:
            self._loading[key] = True

    def _keep(self, key: K, value: V) -> None:
        self._committed.pop(key, None)
        self._committed[key] = value
        if len(self._committed) > self._max_entries:
            del self._committed[next(iter(self._committed))]
