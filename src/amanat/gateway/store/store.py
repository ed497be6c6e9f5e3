"""The store of one service: opens its database and runs units of work on it.

How a part of the gateway (`device`, `appointments`, ...) keeps something:

1. A migration `gateway/store/migrations/NNNN_part.sql` makes its tables; numbers go on without a gap, in the order in
   which migrations land, and one that has landed never changes. A comment says what bounds each table.
2. The part's own folder declares a `Struct` per row, fields as the columns stand, and a `Table(name, Row, key=n)`.
3. Its queries lie in the part's `sql/name.sql` and are named there: `QueryFile("amanat.gateway.part", "name")`.
4. It reads committed rows with `all` and `first`, and changes rows in a unit, which declares what it reads:
   `await store.write(run, needs=[(TABLE, key)])`. `run` gets and puts rows through its `Tx` and has no other effect.

5. Who is woken by what is written (`tx.after_commit`) looks again, too, when the store has `recovered`.

What must be kept together (an answer, the step it belongs to, the place it booked) is put by one unit: parts hand out
functions that take a `Tx`, and whoever joins them calls these in a unit of its own.
"""

from amanat.db.database import Database
from amanat.db.tx import Tx
from amanat.db.unit_store import MetaRow, UnitStore
from amanat.gateway.store.stamp import ServiceStamp
from amanat.gateway.store.tables import META, SCHEMA


class GatewayStore(UnitStore):
    """Everything one service keeps in its database."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, SCHEMA)

    async def open(self, stamp: ServiceStamp) -> None:
        """Take the data, bring its schema up to date, start the writer; raises `DataInUse` and `WrongData`.

        New data is stamped; other data is looked at and left as it is.
        """
        await self._open(admit=stamp.check)
        try:
            await self._keep_stamp(stamp)
        except BaseException:
            await self.close()
            raise

    async def _keep_stamp(self, stamp: ServiceStamp) -> None:
        rows = [MetaRow(name, value) for name, value in stamp.meta().items()]

        def keep(tx: Tx) -> None:
            for row in rows:
                tx.put(META, row)

        if not await self.meta():
            await self.write(keep)
