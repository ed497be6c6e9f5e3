"""Catalogues as files: CSV in the columns of Meta's feeds, read whole or not at all. Pure.

Source: developers.facebook.com, "Product Data Specifications".
"""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Final

from amanat.gateway.bots.shop.goods import MOST as MOST_PRODUCTS
from amanat.gateway.cloud_api.batches import Change, Wrong

REQUIRED: Final = ("id", "title", "price")
MOST: Final = MOST_PRODUCTS
LARGEST: Final = 16_000_000
"""Of a file, in bytes."""


def read_file(text: str) -> tuple[list[Change], list[Wrong]]:
    """Return the products of a file, each by the line that it begins in, and what is wrong with the file itself."""
    changes: list[Change] = []
    wrong: list[Wrong] = []
    first: dict[str, int] = {}
    try:
        for line, row in _rows(text):
            change = Change(line=line, method="CREATE", data=row)
            if change.id in first:
                wrong.append(Wrong(line, change.id[:100], f"The id stands in line {first[change.id]}, too."))
            first.setdefault(change.id, line)
            changes.append(change)
    except _NotRead as error:
        return [], [*wrong, Wrong(error.line, "", str(error))]
    if not 1 <= len(changes) <= MOST:
        wrong.append(Wrong(1, "", f"The file has {len(changes)} products; it must have 1 to {MOST}."))
    return changes, wrong


class _NotRead(Exception):
    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    # Spreadsheets begin their files with a mark, which is no letter of the first column's name.
    reader = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        columns = [name.strip().lower() for name in next(reader, [])]
        missing = [name for name in REQUIRED if name not in columns]
        if missing:
            raise _NotRead(1, f"The first line must name the columns; there is none called {', '.join(missing)}.")
        twice = sorted({name for name in columns if name and columns.count(name) > 1})
        if twice:
            raise _NotRead(1, f"The first line names {', '.join(twice)} twice.")
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) > len(columns):
                raise _NotRead(line, f"The line has {len(cells)} cells, and there are {len(columns)} columns.")
            if any(cell.strip() for cell in cells):
                yield line, {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
            line = reader.line_num + 1
    except csv.Error as error:
        raise _NotRead(reader.line_num, f"This is no CSV: {error}.") from None
