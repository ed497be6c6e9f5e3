"""Numbered, forward-only steps of the schema, written once for both databases.

A file `0001_name.sql` begins with `-- pre: why` or `-- post: why`: whether it must run before or after the servers of
the release before are gone. It uses TEXT, INTEGER and BLOB; for PostgreSQL those become collated text, bigint and
bytea.
"""

import re
from collections.abc import Sequence
from importlib.resources import files

from msgspec import Struct

_FILE = re.compile(r"(\d{4})_(\w+)\.sql")
_HEADER = re.compile(r"-- (pre|post): ")

_POSTGRES_TYPES = (
    (re.compile(r"\bTEXT\b"), 'text COLLATE "C"'),
    (re.compile(r"\bINTEGER\b"), "bigint"),
    (re.compile(r"\bBLOB\b"), "bytea"),
    (re.compile(r"\s+WITHOUT ROWID\b"), ""),
)


class SqlMigration(Struct, frozen=True, kw_only=True):
    """One file of a `migrations` folder."""

    number: int
    name: str
    phase: str
    sql: str

    def statements(self, dialect: str) -> Sequence[str]:
        """Return the statements as `dialect` ("sqlite" or "postgres") takes them."""
        sql = re.sub(r"--.*", "", self.sql)
        if dialect == "postgres":
            for pattern, replacement in _POSTGRES_TYPES:
                sql = pattern.sub(replacement, sql)
        return [statement.strip() for statement in sql.split(";") if statement.strip()]


def migrations_of(package: str) -> list[SqlMigration]:
    """Return the migrations of a package's `migrations` folder, in order; raises `ValueError` on a malformed one."""
    found = [
        _read(match[1], match[2], file.read_text("utf-8"))
        for file in files(package).joinpath("migrations").iterdir()
        if (match := _FILE.fullmatch(file.name))
    ]
    found.sort(key=lambda migration: migration.number)
    if [migration.number for migration in found] != list(range(1, len(found) + 1)):
        raise ValueError("Migrations are numbered 1, 2, 3, … without a gap.")
    return found


def _read(number: str, name: str, sql: str) -> SqlMigration:
    header = _HEADER.match(sql)
    if header is None:
        raise ValueError(f"Migration {number}_{name} must begin with '-- pre: …' or '-- post: …'.")
    return SqlMigration(number=int(number), name=name, phase=header[1], sql=sql)
