"""A unit of work and the write transaction it is given. A unit is a plain function: no await, no SQL."""

from collections.abc import Callable, Container, Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import astuple

from amanat.db.memory import K, Memory, V
from amanat.db.table import Key, R, Table, Values

T = TypeVar("T")

MemoryNeed = tuple[Memory[Any, Any], Any]
Need = tuple[Table[Any], Key] | tuple[Table[Any], Key, int] | MemoryNeed
"""What a unit will read: a row (a whole key), the rows under a prefix of a key, the first few of them (a third
element says how many), or a value of a `Memory`."""


class Unit(Struct, Generic[T], frozen=True):
    """Something to be written as a whole: `run` decides and puts rows; `needs` is all it will read."""

    run: "Callable[[Tx], T]"
    needs: Sequence[Need]


class Source(Protocol):
    """Where a transaction finds the rows that its own batch has not written."""

    def get(self, table: Table[Any], key: Key) -> Values | None: ...

    def scan(self, table: Table[Any], prefix: Key) -> Iterator[Values]:
        """Yield rows under `prefix` in the order of their keys."""
        ...


class UndeclaredRead(Exception):
    """A unit read what it had not declared in its `needs`."""


class Contended(UndeclaredRead):
    """A unit read what earlier units of its batch have used up or made unknown; the next batch can tell it."""


_MISSING: Any = object()


class Tx:
    """The writes of one batch, in the making. Each unit's share of it can be undone.

    Rows are seen as the batch's earlier units left them. Positions are given densely and taken back with the unit.
    `absent` are the values of memory that were looked for and do not exist.
    """

    def __init__(self, source: Source, positions: dict[str, int], *, absent: Container[MemoryNeed]) -> None:
        self.writes: dict[Table[Any], dict[Key, Values | None]] = {}
        self.positions = positions
        self._source = source
        self._absent = absent
        self._touched: dict[Memory[Any, Any], None] = {}
        self._journal: list[tuple[dict[Any, Any], Any, Any]] = []
        self._publish: list[Callable[[], None]] = []
        self._unit_publish: list[Callable[[], None]] = []

    def get(self, table: Table[R], *key: Any) -> R | None:
        """Return the row with this key, or `None`."""
        written = self.writes.get(table)
        values = written.get(key, _MISSING) if written else _MISSING
        if values is _MISSING:
            values = self._source.get(table, key)
        return None if values is None else table.row(*values)

    def scan(self, table: Table[R], *prefix: Any) -> Iterator[R]:
        """Yield the rows whose keys begin with `prefix`, in the order of their keys."""
        written = self.writes.get(table)
        if not written:
            return (table.row(*values) for values in self._source.scan(table, prefix))
        return self._scan_over(table, written, prefix)

    def _scan_over(self, table: Table[R], written: dict[Key, Values | None], prefix: Key) -> Iterator[R]:
        size, key_size = len(prefix), table.key_size
        fresh = sorted(key for key, values in written.items() if values is not None and key[:size] == prefix)
        at = 0
        for values in self._source.scan(table, prefix):
            key = values[:key_size]
            while at < len(fresh) and fresh[at] < key:
                yield table.row(*_present(written[fresh[at]]))
                at += 1
            if key not in written:
                yield table.row(*values)
        for key in fresh[at:]:
            yield table.row(*_present(written[key]))

    def put(self, table: Table[R], row: R) -> None:
        """Insert the row, or replace the one with its key."""
        values = astuple(row)
        self._write(table, values[: table.key_size], values)

    def delete(self, table: Table[R], *key: Any) -> None:
        """Delete the row with this key, if there is one."""
        self._write(table, key, None)

    def _write(self, table: Table[Any], key: Key, values: Values | None) -> None:
        written = self.writes.get(table)
        if written is None:
            written = self.writes[table] = {}
        self._journal.append((written, key, written.get(key, _MISSING)))
        written[key] = values

    def next(self, stream: str) -> int:
        """Return the next position of a stream."""
        before = self.positions.get(stream, _MISSING)
        self._journal.append((self.positions, stream, before))
        position = 1 if before is _MISSING else before + 1
        self.positions[stream] = position
        return position

    def see(self, memory: Memory[K, V], key: K) -> V | None:
        """Return what earlier units of this batch staged, or else what is committed."""
        staged = memory.staged
        if staged and key in staged:
            value = staged[key]
            if value is None:
                raise Contended(f"{memory}: {key!r} is read after this batch has forgotten it.")
            return value
        value = memory.peek(key)
        if value is None and (memory, key) not in self._absent:
            raise UndeclaredRead(f"{memory}: {key!r} is read but stands in no unit's needs.")
        return value

    def peek(self, memory: Memory[K, V], key: K) -> V | None:
        """Return the value if it is in memory: enough to stage what follows from it, never to decide anything."""
        return memory.staged[key] if key in memory.staged else memory.peek(key)

    def stage(self, memory: Memory[K, V], key: K, value: V | None) -> None:
        """Change memory once this is committed; `None` forgets the value, and whoever needs it loads it again."""
        self._touched[memory] = None
        self._journal.append((memory.staged, key, memory.staged.get(key, _MISSING)))
        memory.staged[key] = value

    def after_commit(self, publish: Callable[[], None]) -> None:
        """Call `publish` once this is on disk; never if it fails."""
        self._unit_publish.append(publish)

    def keep_unit(self) -> None:
        """Accept the unit that has just run as part of the batch."""
        self._journal.clear()
        self._publish += self._unit_publish
        self._unit_publish = []

    def undo_unit(self) -> None:
        """Take back everything that the unit which has just run did."""
        for changed, key, before in reversed(self._journal):
            if before is _MISSING:
                del changed[key]
            else:
                changed[key] = before
        self._journal.clear()
        self._unit_publish = []

    def apply(self) -> list[Callable[[], None]]:
        """Make staged memory visible and return what is to be published. The commit has succeeded."""
        for memory in self._touched:
            memory.apply_staged()
        return self._publish


def _present(values: Values | None) -> Values:
    assert values is not None
    return values
