"""The page and the sheet say of every column what it holds."""

from msgspec import json

from amanat.core.data_map import Kind
from amanat.core.data_map_tables import TABLES
from tools import data_map


def test_every_table_and_column_is_on_the_page() -> None:
    page = data_map.render()
    for table, about in TABLES.items():
        section = page.partition(f"\n## `{table}`\n")[2].partition("\n## ")[0]
        assert {column for column in about.columns if f"`{column}`" not in section} == set(), table


def test_the_sheet_says_why_each_kind_is_kept_and_for_how_long() -> None:
    sheet = json.decode(data_map.sheet())
    assert [entry["kind"] for entry in sheet["collected"]] == list(Kind)
    assert all(entry["purposes"] and entry["kept"] and entry["readers"] for entry in sheet["collected"])


def test_the_privacy_page_has_a_row_for_each_kind_in_each_language() -> None:
    rows = [line for line in data_map.privacy().splitlines() if line.startswith("| ")]
    assert len(rows) == 2 * (len(Kind) + 1)


def test_what_is_on_disk_is_what_would_be_written() -> None:
    assert data_map.main(["--check"]) == 0
