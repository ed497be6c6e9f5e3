"""A small schema, and a writer on a database whose commits can be held up or made to fail."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct

from amanat.db.database import Database, Migration, RowNeed, Writes
from amanat.db.memory import Memory
from amanat.db.migrations import SqlMigration
from amanat.db.query import Query, Row
from amanat.db.table import Table
from amanat.db.tx import Need, Source, Tx, Unit
from amanat.db.writer import Writer

T = TypeVar("T")


class Thing(Struct, frozen=True):
    owner: str
    number: int
    label: str | None = None
    body: bytes | None = None


class Name(Struct, frozen=True):
    name: str


class Line(Struct, frozen=True):
    position: int
    text: str


class Stream(Struct, frozen=True):
    stream: str
    position: int


class Total(Struct, frozen=True):
    total: int


THINGS = Table("things", Thing, key=2)
NAMES = Table("names", Name, key=1)
LINES = Table("lines", Line, key=1, append_only=True)
STREAMS = Table("streams", Stream, key=1)

ALL_THINGS = Query("all_things", Thing, sql="SELECT * FROM things ORDER BY owner, number")
SOME_THINGS = Query("some_things", Thing, sql="SELECT * FROM things WHERE owner IN :owners AND number IN :numbers#")
ALL_NAMES = Query("all_names", Name, sql="SELECT name FROM names ORDER BY name")
ALL_LINES = Query("all_lines", Line, sql="SELECT * FROM lines ORDER BY position")
ALL_STREAMS = Query("all_streams", Stream, sql="SELECT * FROM streams")
TOTAL_OF = Query("total_of", Total, sql="SELECT count(*) FROM things WHERE owner = :owner")

SCHEMA = SqlMigration(
    number=1,
    name="things",
    phase="pre",
    sql="""-- pre: what the engine is tested with
        CREATE TABLE things (owner TEXT NOT NULL, number INTEGER NOT NULL, label TEXT, body BLOB,
            PRIMARY KEY (owner, number)) WITHOUT ROWID;
        CREATE TABLE names (name TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE lines (position INTEGER NOT NULL PRIMARY KEY, text TEXT NOT NULL);
        CREATE TABLE streams (stream TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;
    """,
)


class DiskError(Exception):
    """What a commit fails with when a test wants it to."""


class Faulty:
    """A database whose commits wait for `may_commit`, and fail `before` or `after` they have reached the disk."""

    def __init__(self, inner: Database) -> None:
        self.inner = inner
        self.may_commit = asyncio.Event()
        self.may_commit.set()
        self.committing = asyncio.Event()
        self.fail: str | None = None
        self.fail_recoveries = 0
        self.commits: list[Writes] = []

    async def open(self) -> None:
        await self.inner.open()

    async def close(self) -> None:
        await self.inner.close()

    async def prefetch(self, needs: Sequence[Sequence[RowNeed]]) -> Source:
        if self.fail == "prefetch":
            raise DiskError
        return await self.inner.prefetch(needs)

    async def commit(self, writes: Writes) -> None:
        self.committing.set()
        await self.may_commit.wait()
        if self.fail == "before":
            raise DiskError
        await self.inner.commit(writes)
        self.commits.append(writes)
        if self.fail == "after":
            raise DiskError

    async def recover(self) -> None:
        if self.fail_recoveries:
            self.fail_recoveries -= 1
            raise DiskError
        await self.inner.recover()

    async def all(self, query: Query[Row], parameters: Mapping[str, Any]) -> list[Row]:
        return await self.inner.all(query, parameters)

    async def migrate(self, migrations: Sequence[Migration]) -> list[int]:
        return await self.inner.migrate(migrations)

    async def forget_deleted(self) -> None:
        await self.inner.forget_deleted()

    async def schema_version(self) -> int:
        return await self.inner.schema_version()


class Engine:
    """The engine with its small schema: `totals` is how many things each owner has."""

    def __init__(self, database: Database, *, max_totals: int = 1000) -> None:
        self.database = Faulty(database)
        self.totals = Memory(
            "totals", self._load_total, size=lambda _: 1, max_bytes=max_totals, load_many=self._load_totals
        )
        self.recoveries = 0
        self.recovered = asyncio.Event()
        self.writer = Writer(
            self.database,
            streams=STREAMS,
            memories=[self.totals],
            load_positions=self._load_positions,
            recovered=self._count_recovery,
        )
        self.writer.retry_seconds = 0.01

    async def open(self) -> None:
        await self.database.open()
        await self.database.migrate([SCHEMA])
        await self.writer.start()

    async def close(self) -> None:
        await self.writer.stop()
        await self.database.close()

    async def write(self, run: Callable[[Tx], T], needs: Sequence[Need] = ()) -> T:
        return await self.writer.write(Unit(run, needs))

    async def put(self, *things: Thing) -> None:
        """Put things as one unit."""

        def run(tx: Tx) -> None:
            for thing in things:
                tx.put(THINGS, thing)

        await self.write(run)

    async def things(self) -> list[Thing]:
        return await self.database.all(ALL_THINGS, {})

    async def lines(self) -> list[str]:
        return [line.text for line in await self.database.all(ALL_LINES, {})]

    async def clear(self) -> None:
        """Delete every row and start the streams anew."""

        def run(tx: Tx) -> None:
            for thing in tx.scan(THINGS):
                tx.delete(THINGS, thing.owner, thing.number)
                tx.stage(self.totals, thing.owner, None)
            for name in tx.scan(NAMES):
                tx.delete(NAMES, name.name)
            for line in tx.scan(LINES):
                tx.delete(LINES, line.position)

        await self.write(run, [(THINGS, ()), (NAMES, ()), (LINES, ())])

    async def _load_total(self, owner: str) -> int | None:
        return (await self.database.all(TOTAL_OF, {"owner": owner}))[0].total

    async def _load_totals(self, owners: Sequence[str]) -> dict[str, int]:
        totals = {owner: await self._load_total(owner) for owner in owners}
        return {owner: total for owner, total in totals.items() if total is not None}

    async def _load_positions(self) -> dict[str, int]:
        return {row.stream: row.position for row in await self.database.all(ALL_STREAMS, {})}

    def _count_recovery(self) -> None:
        self.recoveries += 1
        self.recovered.set()
