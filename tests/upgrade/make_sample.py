"""Write the sample of a schema: `python -m tests.upgrade.make_sample` for those that have none, or name their numbers.

A sample is what a server with that schema may have on disk: some rows of every table. Once a release has that schema,
its sample is never made again.
"""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from amanat.db.migrations import migrations_of
from amanat.db.sqlite import SqliteDatabase
from tests.store.schema import a_row, columns
from tests.upgrade.sample import FOLDER, FROZEN, Sample, SampledTable

ROWS = 3


async def sample_of(number: int, folder: Path) -> Sample:
    """Apply the first migrations to an empty database and fill its tables."""
    database = SqliteDatabase(folder / "amanat.db")
    await database.open()
    await database.migrate(migrations_of("amanat.store")[:number])
    found = await columns(database)
    await database.close()
    return {
        table: SampledTable(
            columns={column.name: column.kind for column in described},
            rows=[_encodable(a_row(described, row)) for row in range(ROWS)],
        )
        for table, described in sorted(found.items())
    }


def _encodable(row: tuple[Any, ...]) -> list[str | int | None]:
    return [value.hex() if isinstance(value, bytes) else value for value in row]


def main() -> None:
    """Make the samples that are asked for, or those that are missing."""
    asked = [int(number) for number in sys.argv[1:]]
    for number in asked or [number for number in range(1, FROZEN + 1) if not (FOLDER / f"{number:04}.json").exists()]:
        with tempfile.TemporaryDirectory() as folder:
            sample = asyncio.run(sample_of(number, Path(folder)))
        encoded = msgspec.json.format(msgspec.json.encode(sample), indent=1)
        (FOLDER / f"{number:04}.json").write_bytes(encoded + b"\n")


if __name__ == "__main__":
    main()
