"""Samples of data of every schema there was, and how they are put into a database that has it."""

from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from amanat.db.database import Database
from amanat.db.table import Key, Table, Values

FOLDER = Path(__file__).parent
FROZEN = 1
"""The newest schema that somebody's data may have: raised with each release, when those before it are sampled."""

_TYPES = {"text": str | None, "integer": int | None, "bytes": bytes | None}


class SampledTable(Struct):
    """The columns of a table with their kinds, and its rows; bytes as hexadecimal digits."""

    columns: dict[str, str]
    rows: list[list[str | int | None]]

    def values(self) -> list[Values]:
        kinds = self.columns.values()
        return [tuple(_decoded(*pair) for pair in zip(row, kinds, strict=True)) for row in self.rows]


Sample = dict[str, SampledTable]


def read(number: int) -> Sample:
    """Read the sample of the schema with this number."""
    return msgspec.json.decode((FOLDER / f"{number:04}.json").read_bytes(), type=Sample)


def numbers() -> list[int]:
    """The schemas that there is a sample of."""
    return sorted(int(file.stem) for file in FOLDER.glob("*.json"))


async def insert(database: Database, sample: Sample) -> None:
    """Put a sample into a database that has its schema."""
    writes: dict[Table[Any], dict[Key, Values | None]] = {}
    for name, sampled in sample.items():
        row = msgspec.defstruct(name, [(column, _TYPES[kind]) for column, kind in sampled.columns.items()])
        table = Table(name, row, key=len(sampled.columns), append_only=True)
        writes[table] = {values: values for values in sampled.values()}
    await database.prefetch([])
    await database.commit(writes)


def _decoded(value: Any, kind: str) -> str | int | bytes | None:
    return bytes.fromhex(value) if kind == "bytes" and value is not None else value
