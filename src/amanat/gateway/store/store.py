"""The store of one service: opens its database and runs units of work on it.

How a part of the gateway (`device`, `appointments`, ...) keeps something:

1. A migration `gateway/store/migrations/NNNN_part.sql` makes its tables; numbers go on without a gap, in the order in
   which migrations land, and one that has landed never changes. A comment says what bounds each table.
2. The part's own folder declares a `Struct` per row, fields as the columns stand, and a `Table(name, Row, key=n)`.
3. Its queries lie in the part's `sql/name.sql` and are named there: `QueryFile("amanat.gateway.part", "name")`.
4. It reads committed rows with `all` and `first`, and changes rows in a unit, which declares what it reads:
   `await store.write(run, needs=[(TABLE, key)])`. `run` gets and puts rows through its `Tx` and has no other effect.

What must be kept together (an answer, the step it belongs to, the place it booked) is put by one unit: parts hand out
functions that take a `Tx`, and whoever joins them calls these in a unit of its own.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from amanat.db.database import Database
from amanat.db.migrations import migrations_of
from amanat.db.query import Query, Row
from amanat.db.tx import Need, Tx, Unit
from amanat.db.writer import Writer
from amanat.gateway.store.stamp import ServiceStamp
from amanat.gateway.store.tables import ALL_META, ALL_POSITIONS, META, STREAMS, MetaRow

T = TypeVar("T")


class GatewayStore:
    """Everything one service keeps in its database. `write` is the only way to change anything."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.recovered: list[Callable[[], None]] = []
        self._writer = Writer(
            database,
            streams=STREAMS,
            memories=(),
            load_positions=self._load_positions,
            recovered=self._on_recovered,
        )

    async def open(self, stamp: ServiceStamp) -> None:
        """Take the data, bring its schema up to date, start the writer; raises `DataInUse` and `WrongData`.

        New data is stamped; other data is looked at and left as it is.
        """
        await self.database.open()
        try:
            if await self.database.schema_version():
                stamp.check(await self.meta())
            await self.database.migrate(migrations_of("amanat.gateway.store"))
            await self._writer.start()
            await self._keep_stamp(stamp)
        except BaseException:
            await self._writer.stop()
            await self.database.close()
            raise

    async def close(self) -> None:
        """Finish what is queued and let the data go."""
        await self._writer.stop()
        await self.database.close()

    async def write(self, run: Callable[[Tx], T], *, needs: Sequence[Need] = ()) -> T:
        """Run a unit of work; return its result once it is on disk. `needs` is everything that `run` reads."""
        return await self._writer.write(Unit(run, needs))

    async def all(self, query: Query[Row], **parameters: Any) -> list[Row]:
        """Return the rows of a query on what is committed."""
        return await self.database.all(query, parameters)

    async def first(self, query: Query[Row], **parameters: Any) -> Row | None:
        """Return the first row of a query on what is committed."""
        rows = await self.database.all(query, parameters)
        return rows[0] if rows else None

    async def meta(self) -> dict[str, str]:
        """Return whose data this is."""
        return {row.name: row.value for row in await self.all(ALL_META)}

    async def _keep_stamp(self, stamp: ServiceStamp) -> None:
        rows = [MetaRow(name, value) for name, value in stamp.meta().items()]

        def keep(tx: Tx) -> None:
            for row in rows:
                tx.put(META, row)

        if not await self.meta():
            await self.write(keep)

    async def _load_positions(self) -> dict[str, int]:
        return {row.stream: row.position for row in await self.all(ALL_POSITIONS)}

    def _on_recovered(self) -> None:
        for callback in self.recovered:
            callback()
