"""The data map says what there is: every column of the schema, and nothing that is gone."""

import re
import sqlite3
from pathlib import Path

import pytest

from amanat.core.data_map import KINDS, Declared, Kind, TableMap, held, joined, plain
from amanat.core.data_map_tables import TABLES
from amanat.db.migrations import migrations_of

NAMED_PERSONAL = re.compile(r"-- personal: .*\n(?:\s*--.*\n)*\s*(\w+) (?:TEXT|INTEGER|BLOB)")


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The columns of every table of a database that has been through all migrations."""
    database = sqlite3.connect(tmp_path_factory.mktemp("schema") / "amanat.db")
    for migration in migrations_of("amanat.store"):
        for statement in migration.statements("sqlite"):
            database.execute(statement)
    tables = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    columns = {
        table: {row[0] for row in database.execute("SELECT name FROM pragma_table_info(?)", (table,))}
        for (table,) in tables.fetchall()
    }
    database.close()
    return columns


def test_every_column_is_declared_and_no_other(schema: dict[str, set[str]]) -> None:
    declared = {f"{table}.{column}" for table, about in TABLES.items() for column in about.columns}
    there = {f"{table}.{column}" for table, columns in schema.items() for column in columns}
    assert declared - there == set(), "the data map (core/data_map_*.py) declares what is gone"
    assert there - declared == set(), "say in the data map (core/data_map_*.py) what these columns hold"


def test_what_a_migration_calls_personal_is_so_in_the_map() -> None:
    for migration in migrations_of("amanat.store"):
        for table in migration.sql.split("CREATE TABLE ")[1:]:
            name = table.split(" ", 1)[0]
            for column in NAMED_PERSONAL.findall(table):
                assert column in TABLES[name].personal, f"{name}.{column}"


def test_a_person_s_id_is_never_called_nothing() -> None:
    ids = {"user_id", "sender", "creator", "reporter", "signer_user", "target_user"}
    assert [name for name, about in TABLES.items() if about.other & ids] == []


def test_every_kind_is_explained_and_used() -> None:
    used = {entry.kind for about in TABLES.values() for entry in about.personal.values()}
    assert used == set(KINDS) == set(Kind)


def test_the_words_of_an_entry_are_few() -> None:
    for about in TABLES.values():
        for entry in about.personal.values():
            assert all(0 < len(words) <= 120 for words in (entry.purpose, entry.kept, entry.readers))


def test_parts_of_a_table_are_put_together() -> None:
    parts = [plain("t", "a b"), held("t", {Kind.NAME: "c"}, purpose="p")]
    assert joined(parts)["t"].columns == {"a", "b", "c"}
    assert TABLES["users"].columns > {"user_id", "kind"}
    assert isinstance(TABLES["users"], TableMap)


@pytest.mark.parametrize("again", [plain("t", "a"), held("t", {Kind.NAME: "a"}, purpose="p")])
def test_no_column_is_declared_twice(again: Declared) -> None:
    with pytest.raises(ValueError, match="t declares a twice"):
        joined([plain("t", "a"), again])


def test_the_map_is_where_the_pages_say(request: pytest.FixtureRequest) -> None:
    folder = Path(request.config.rootpath) / "src" / "amanat" / "core"
    assert {file.name for file in folder.glob("data_map*.py")} == {
        "data_map.py",
        "data_map_accounts.py",
        "data_map_products.py",
        "data_map_rooms.py",
        "data_map_tables.py",
        "data_map_words.py",
    }
