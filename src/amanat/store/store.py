"""The store: opens the data, runs units of work on it, and keeps in memory what sending needs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from amanat.db.database import Database
from amanat.db.migrations import migrations_of
from amanat.db.query import Query, Row
from amanat.db.tx import Need, Tx, Unit
from amanat.db.writer import Writer
from amanat.store import (
    ignored_memory,
    membership_memory,
    one_time_keys,
    push_rules,
    room_memory,
    standing_memory,
    to_device,
)
from amanat.store.streams import ALL_META, ALL_POSITIONS, STREAMS

T = TypeVar("T")


class Store:
    """Everything the server keeps in its database. `write` is the only way to change anything."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.rooms = room_memory.rooms(self)
        self.heads = room_memory.heads(self)
        self.memberships = membership_memory.memberships(self)
        self.key_counts = one_time_keys.key_counts(self)
        self.inboxes = to_device.inboxes(self)
        self.ignored = ignored_memory.ignored(self)
        self.push_rules = push_rules.push_rules(self)
        self.standings = standing_memory.standings(self)
        self.epoch = ""
        self.recovered: list[Callable[[], None]] = []
        self._writer = Writer(
            database,
            streams=STREAMS,
            memories=(
                self.rooms,
                self.heads,
                self.memberships,
                self.key_counts,
                self.inboxes,
                self.ignored,
                self.push_rules,
                self.standings,
            ),
            load_positions=self._load_positions,
            recovered=self._on_recovered,
        )

    async def open(self, *, admit: Callable[[Mapping[str, str]], None] = lambda _: None) -> None:
        """Take the data, bring its schema up to date and start the writer; raises `DataInUse`.

        `admit` is shown the data's stamp before anything is changed, and raises if it is not to be.
        """
        await self.database.open()
        try:
            if await self.database.schema_version():
                admit(await self.meta())
            await self.database.migrate(migrations_of("amanat.store"))
            await self._writer.start()
        except BaseException:
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

    def position(self, stream: str) -> int:
        """Return the last committed position of a stream."""
        return self._writer.positions.get(stream, 0)

    async def meta(self) -> dict[str, str]:
        """Return the server's facts about itself."""
        return {row.name: row.value for row in await self.all(ALL_META)}

    async def _load_positions(self) -> dict[str, int]:
        return {row.stream: row.position for row in await self.all(ALL_POSITIONS)}

    def _on_recovered(self) -> None:
        for callback in self.recovered:
            callback()
