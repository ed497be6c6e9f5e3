"""Numbered, forward-only steps of the schema, written once for both databases.

A file `0001_name.sql` begins with `-- pre: why` or `-- post: why`: whether it must run before or after the servers of
the release before are gone. It uses TEXT, INTEGER and BLOB; for PostgreSQL those become collated text, bigint and
bytea. SQLite's tables are STRICT, so that both databases refuse a value of the wrong type.
"""

import re
from collections.abc import Sequence
from importlib.resources import files

from msgspec import Struct

from amanat.db.database import Migration, UnusableData

_FILE = re.compile(r"(\d{4})_(\w+)\.sql")
_HEADER = re.compile(r"-- (pre|post): ")

_POSTGRES_TYPES = (
    (re.compile(r"\bTEXT\b"), 'text COLLATE "C"'),
    (re.compile(r"\bINTEGER\b"), "bigint"),
    (re.compile(r"\bBLOB\b"), "bytea"),
    (re.compile(r"\s+WITHOUT ROWID\b"), ""),
)
_CREATE_TABLE = re.compile(r"\s*CREATE TABLE\b")


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
        statements = [statement.strip() for statement in sql.split(";") if statement.strip()]
        return [_strict(statement) for statement in statements] if dialect == "sqlite" else statements


def check_not_newer(current: int, migrations: Sequence[Migration]) -> None:
    """Raise `UnusableData` if the data has been migrated by a newer release than this one."""
    newest = max((migration.number for migration in migrations), default=0)
    if current > newest:
        raise UnusableData(
            f"This data has schema {current}, made by a newer release; this one knows schema {newest}. "
            "Start the newer release, or restore a backup made before it."
        )


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


def _strict(statement: str) -> str:
    if not _CREATE_TABLE.match(statement):
        return statement
    return f"{statement}, STRICT" if statement.endswith("WITHOUT ROWID") else f"{statement} STRICT"


def _read(number: str, name: str, sql: str) -> SqlMigration:
    header = _HEADER.match(sql)
    if header is None:
        raise ValueError(f"Migration {number}_{name} must begin with '-- pre: …' or '-- post: …'.")
    return SqlMigration(number=int(number), name=name, phase=header[1], sql=sql)
