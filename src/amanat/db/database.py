"""What the store asks of a database. `sqlite.py` and `postgres.py` are the only files that know which one it is."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from amanat.core.errors import InternalError
from amanat.db.query import Query, Row
from amanat.db.table import Key, Table, Values
from amanat.db.tx import Source

RowNeed = tuple[Table[Any], Key] | tuple[Table[Any], Key, int]
"""A row by its whole key, or the rows under a prefix of a key: all of them, or the first few."""
Writes = Mapping[Table[Any], Mapping[Key, Values | None]]


class Database(Protocol):
    """One exclusive writer and any number of readers, which never wait for it."""

    async def open(self) -> None:
        """Connect and take the lock on the data; raises `DataInUse` if another process has it."""
        ...

    async def close(self) -> None: ...

    async def prefetch(self, needs: Sequence[Sequence[RowNeed]]) -> Source:
        """Begin a batch: return a source of the rows that its units said they will read, one sequence per unit."""
        ...

    async def commit(self, writes: Writes) -> None:
        """End the batch that `prefetch` began: write everything and return once it is synced to disk.

        Raises `RowsRefused` if nothing was written because of what the rows hold; after any other exception, only
        `recover` tells what was.
        """
        ...

    async def recover(self) -> None:
        """After a failed commit: bring the writer back to what is on disk."""
        ...

    async def all(self, query: Query[Row], parameters: Mapping[str, Any]) -> list[Row]:
        """Return the rows of a committed snapshot; raises `DatabaseAway` if it cannot be asked."""
        ...

    async def migrate(self, migrations: "Sequence[Migration]") -> list[int]:
        """Apply the migrations that are missing, each in its own transaction; return their numbers."""
        ...

    async def forget_deleted(self) -> None:
        """Leave nothing of deleted rows in the database's own files, as far as this kind of database can."""
        ...

    async def schema_version(self) -> int:
        """Return the number of the newest migration applied; 0 for an empty database."""
        ...


class Migration(Protocol):
    """A numbered step of the schema."""

    @property
    def number(self) -> int: ...

    def statements(self, dialect: str) -> Sequence[str]: ...


class DataInUse(Exception):
    """Another process is using this data. Only one server may write it at a time; stop that one first."""


class UnusableData(Exception):
    """This server cannot work on this data: its sentence says why."""


class DatabaseAway(InternalError):
    """The database cannot be asked at the moment: nothing is wrong with what was asked."""

    def __init__(self) -> None:
        super().__init__("The server cannot read this now. Try again.")


class RowsRefused(Exception):
    """The database does not take what was written or asked for, and never would; the disk is not at fault."""
