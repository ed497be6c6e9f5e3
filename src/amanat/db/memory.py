"""Memory that follows the disk: values derived from rows, loaded on demand, changed only by committed units.

What a unit changes is staged: later units of its batch see it through `Tx.see`, readers on the loop see `peek`,
which is what is on disk. A staged value is applied after the commit and dropped with its unit or its batch.
"""

from collections.abc import Awaitable, Callable, Hashable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from prometheus_client import Gauge

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

ENTRIES = Gauge("amanat_db_memory_entries", "Values kept in memory.", ["memory"])
BYTES = Gauge("amanat_db_memory_bytes", "About what the values kept in memory take.", ["memory"])
MAX_BYTES = Gauge("amanat_db_memory_max_bytes", "What they may take.", ["memory"])


class _Load:
    """A load under way. `outdated` once a commit has changed what it may have read before."""

    __slots__ = ("outdated",)

    def __init__(self) -> None:
        self.outdated = False


class Memory(Generic[K, V]):
    """A bounded cache of immutable values, least recently loaded or changed first out.

    `load` reads a value from the database, or answers `None` where there is none; values are never changed in place.
    `size` estimates what a value and its key take: always the same for the same value, and quickly, since it is asked
    whenever a value comes or goes.
    A unit that changes the rows a value is made of stages what the value becomes, or `None` to have it loaded again:
    even if it is not in memory, since somebody may be loading it.
    """

    def __init__(
        self,
        name: str,
        load: Callable[[K], Awaitable[V | None]],
        *,
        size: Callable[[V], int],
        max_bytes: int,
        load_many: Callable[[Sequence[K]], Awaitable[Mapping[K, V]]] | None = None,
    ) -> None:
        self.name = name
        self._load_many = load_many
        self.staged: dict[K, V | None] = {}
        self._committed: dict[K, V] = {}
        self._load = load
        self._size = size
        self._bytes = 0
        self._max_bytes = max_bytes
        self._loads: dict[K, list[_Load]] = {}
        self._held = False
        ENTRIES.labels(name).set_function(self._committed.__len__)
        BYTES.labels(name).set_function(lambda: self._bytes)
        MAX_BYTES.labels(name).set(max_bytes)

    def __repr__(self) -> str:
        return f"Memory({self.name})"

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
        while value is None:
            loaded, outdated = await self._load_once(key)
            value = self._committed.get(key)
            if value is None and not outdated:
                if loaded is not None:
                    self._keep(key, loaded)
                return loaded
        return value

    async def get_many(self, keys: Sequence[K]) -> dict[K, V]:
        """Return the committed values of those keys that have one, reading together what is not in memory."""
        missing = [key for key in keys if key not in self._committed]
        if self._load_many is not None and len(missing) > 1:
            await self._load_together(missing, self._load_many)
        found = {key: await self.get(key) for key in keys}
        return {key: value for key, value in found.items() if value is not None}

    async def _load_together(
        self, keys: Sequence[K], load_many: Callable[[Sequence[K]], Awaitable[Mapping[K, V]]]
    ) -> None:
        loads = {key: _Load() for key in keys}
        for key, load in loads.items():
            self._loads.setdefault(key, []).append(load)
        try:
            loaded = await load_many(keys)
        finally:
            for key, load in loads.items():
                self._finished(key, load)
        for key, value in loaded.items():
            if not loads[key].outdated and key not in self._committed:
                self._keep(key, value)

    async def _load_once(self, key: K) -> tuple[V | None, bool]:
        load = _Load()
        self._loads.setdefault(key, []).append(load)
        try:
            return await self._load(key), load.outdated
        finally:
            self._finished(key, load)

    def _finished(self, key: K, load: _Load) -> None:
        loads = self._loads[key]
        loads.remove(load)
        if not loads:
            del self._loads[key]

    def apply_staged(self) -> None:
        """Make what the batch staged what readers see. Called after the commit."""
        for key, value in self.staged.items():
            self._outdate(key)
            if value is None:
                self._let_go(key)
            else:
                self._keep(key, value)
        self.staged.clear()

    def clear(self) -> None:
        """Forget everything; the next reader loads it anew."""
        self.staged.clear()
        self._committed.clear()
        self._bytes = 0
        for key in self._loads:
            self._outdate(key)

    def hold(self) -> None:
        """Let nothing go until `release`: a batch counts on what it has loaded."""
        self._held = True

    def release(self) -> None:
        """Keep to `max_bytes` again."""
        self._held = False
        self._trim()

    def _outdate(self, key: K) -> None:
        for load in self._loads.get(key, ()):
            load.outdated = True

    def _keep(self, key: K, value: V) -> None:
        self._let_go(key)
        self._committed[key] = value
        self._bytes += self._size(value)
        if not self._held:
            self._trim()

    def _let_go(self, key: K) -> None:
        value = self._committed.pop(key, None)
        if value is not None:
            self._bytes -= self._size(value)

    def _trim(self) -> None:
        while self._bytes > self._max_bytes:
            self._let_go(next(iter(self._committed)))
