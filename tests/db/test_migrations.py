"""How a migration is read, and in which order."""

import sys
from pathlib import Path

import pytest

from amanat.db.database import UnusableData
from amanat.db.migrations import SqlMigration, check_not_newer, migrations_of

SQL = """-- pre: what for
CREATE TABLE t (a TEXT NOT NULL PRIMARY KEY, b BLOB) WITHOUT ROWID; -- a remark
CREATE TABLE u (a INTEGER NOT NULL PRIMARY KEY);

CREATE INDEX u_a ON u (a);
"""


def package_of(folder: Path, files: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    name = f"migrated_{folder.name.replace('-', '_')}"
    migrations = folder / name / "migrations"
    migrations.mkdir(parents=True)
    (folder / name / "__init__.py").touch()
    for file, sql in files.items():
        (migrations / file).write_text(sql)
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, name, raising=False)
    return name


def test_one_text_serves_both_databases() -> None:
    migration = SqlMigration(number=1, name="t", phase="pre", sql=SQL)
    assert migration.statements("sqlite") == [
        "CREATE TABLE t (a TEXT NOT NULL PRIMARY KEY, b BLOB) WITHOUT ROWID, STRICT",
        "CREATE TABLE u (a INTEGER NOT NULL PRIMARY KEY) STRICT",
        "CREATE INDEX u_a ON u (a)",
    ]
    assert migration.statements("postgres") == [
        'CREATE TABLE t (a text COLLATE "C" NOT NULL PRIMARY KEY, b bytea)',
        "CREATE TABLE u (a bigint NOT NULL PRIMARY KEY)",
        "CREATE INDEX u_a ON u (a)",
    ]


def test_migrations_come_in_the_order_of_their_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"0002_more.sql": "-- post: clean up\n", "0001_rooms.sql": SQL, "README.md": "not one"}
    found = migrations_of(package_of(tmp_path, files, monkeypatch))
    assert [(each.number, each.name, each.phase) for each in found] == [(1, "rooms", "pre"), (2, "more", "post")]


@pytest.mark.parametrize(
    "files", [{"0002_late.sql": SQL}, {"0001_a.sql": SQL, "0003_c.sql": SQL}, {"0001_a.sql": "CREATE TABLE t (a)"}]
)
def test_a_gap_in_the_numbers_or_a_missing_reason_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match="igration"):
        migrations_of(package_of(tmp_path, files, monkeypatch))


def test_data_of_a_newer_release_is_refused_with_a_sentence() -> None:
    migration = SqlMigration(number=1, name="t", phase="pre", sql=SQL)
    check_not_newer(1, [migration])
    with pytest.raises(UnusableData, match="newer release"):
        check_not_newer(2, [migration])
