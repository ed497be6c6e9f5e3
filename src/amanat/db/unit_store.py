"""What everything that keeps data stands on: a database, the writer of its units, and readings of what is committed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct

from amanat.db.database import Database
from amanat.db.memory import Memory
from amanat.db.migrations import migrations_of
from amanat.db.query import Query, Row
from amanat.db.query_cache import QueryCache
from amanat.db.table import Table
from amanat.db.tx import Need, Tx, Unit
from amanat.db.writer import Writer

T = TypeVar("T")


class StreamRow(Struct, frozen=True):
    """How far a stream of positions has come."""

    stream: str
    position: int


class MetaRow(Struct, frozen=True):
    """A fact that data knows about itself."""

    name: str
    value: str


class Schema(Struct, frozen=True):
    """The package whose folder holds the migrations, and the tables that the first of them makes."""

    package: str
    streams: Table[StreamRow]
    all_positions: Query[StreamRow]
    all_meta: Query[MetaRow]


class UnitStore:
    """Everything that is kept in one database. `write` is the only way to change anything."""

    def __init__(self, database: Database, schema: Schema, *, memories: Sequence[Memory[Any, Any]] = ()) -> None:
        self.database = database
        self.recovered: list[Callable[[], None]] = []
        """Called once a database that failed is back. A unit that failed with it may be on disk all the same, and what
        it was to do after its commit was not done: whoever is woken by that, or keeps in memory what follows from it,
        looks again."""
        self._schema = schema
        self._cache = QueryCache(database.all)
        self._writer = Writer(
            database,
            streams=schema.streams,
            memories=memories,
            load_positions=self._load_positions,
            recovered=self._on_recovered,
        )
        self._writer.committed = self._cache.wrote

    async def _open(self, *, admit: Callable[[Mapping[str, str]], None]) -> None:
        """Take the data, bring its schema up to date and start the writer; raises `DataInUse`.

        `admit` is shown what data says of itself before anything is changed, and raises if it is not to be.
        """
        await self.database.open()
        try:
            if await self.database.schema_version():
                admit(await self.meta())
            await self.database.migrate(migrations_of(self._schema.package))
            await self._writer.start()
        except BaseException:
            await self.database.close()
            raise

    def gather(self, seconds: float) -> None:
        """Let each batch wait so long for more, once there is something to write."""
        self._writer.gather_seconds = seconds

    async def close(self) -> None:
        """Finish what is queued and let the data go."""
        await self._writer.stop()
        await self.database.close()

    async def write(self, run: Callable[[Tx], T], *, needs: Sequence[Need] = ()) -> T:
        """Run a unit of work; return its result once it is on disk. `needs` is everything that `run` reads."""
        return await self._writer.write(Unit(run, needs))

    async def all(self, query: Query[Row], **parameters: Any) -> list[Row]:
        """Return the rows of a query on what is committed."""
        return await (self._cache if query.cached_on else self.database).all(query, parameters)

    async def first(self, query: Query[Row], **parameters: Any) -> Row | None:
        """Return the first row of a query on what is committed."""
        rows = await self.all(query, **parameters)
        return rows[0] if rows else None

    def position(self, stream: str) -> int:
        """Return the last committed position of a stream."""
        return self._writer.positions.get(stream, 0)

    async def meta(self) -> dict[str, str]:
        """Return what the data says of itself."""
        return {row.name: row.value for row in await self.all(self._schema.all_meta)}

    async def _load_positions(self) -> dict[str, int]:
        return {row.stream: row.position for row in await self.all(self._schema.all_positions)}

    def _on_recovered(self) -> None:
        self._cache.clear()
        for callback in self.recovered:
            callback()
