"""Write `docs/data-map.md`, `docs/privacy.md` and `docs/data-safety.json` from the data map (`core/data_map_*.py`)."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import json

from amanat.core.data_map import KINDS, Kind, TableMap
from amanat.core.data_map_tables import TABLES, collected
from amanat.core.data_map_words import PRIVACY, Language
from tools.page import write_or_check

ROOT = Path(__file__).resolve().parent.parent
PAGE = Path("docs/data-map.md")
SHEET = Path("docs/data-safety.json")
PRIVACY_PAGE = Path("docs/privacy.md")

HEAD = """\
# The data map

Written by `make docs` from `src/amanat/core/data_map_rooms.py`, `data_map_accounts.py` and `data_map_products.py`; do
not edit. A test holds it against the schema: a column that is not declared does not get in.

Here stands what each column of the database says about a person, why it is kept, for how long, and who reads it. What
the server learns besides, and what it cannot read, is on [its own page](what-the-server-sees.md); for programs there is
[a data-safety sheet](data-safety.json).

Beside the database the data folder holds the files of media (what apps encrypt, they encrypt before it comes here), the
copies that people take of their data (seven days), and the server's keys. Logs hold opaque ids; never content, numbers,
addresses, codes or tokens. Third parties read nothing here but through the ledger.

Kinds marked * may hold what the law calls specific data (article 4 of law 27/2022: health, belief, finances, children
and the like) if somebody writes it there; the server asks nobody for any. All other kinds are general data.

## Kinds

| kind | what it is | columns |
|---|---|---|
"""

PRIVACY_HEAD = """\
# Privasi · Privacy

Ditulis oleh `make docs` dari `src/amanat/core/data_map_words.py`; jangan diubah. Written by `make docs`; do not edit.
[The data map](data-map.md) says it column by column.
"""
TITLES: Final[dict[Language, tuple[str, str, str, str]]] = {
    "id": ("Yang disimpan server", "apa", "mengapa", "berapa lama"),
    "en": ("What the server keeps", "what", "why", "how long"),
}

SECURITY: Final[dict[str, Any]] = {
    "encrypted_in_transit": "by TLS, which a proxy in front of the server ends",
    "end_to_end_encrypted": "rooms of the classes private, business and transaction, always",
    "numbers_and_addresses_at_rest": "sealed with a key that no table holds",
    "account_can_be_ended_and_erased": True,
    "data_can_be_exported": True,
    "read_by_third_parties": "only what a person has granted, through one function, which writes the ledger they see",
    "sold": False,
    "used_for_advertising": False,
}
"""What holds of all data."""


def render() -> str:
    """The whole page."""
    return HEAD + "".join(_kind_row(kind) for kind in KINDS) + "".join(map(_table, TABLES, TABLES.values()))


def sheet() -> str:
    """The data-safety sheet."""
    data = json.encode({"version": 1, "security": SECURITY, "collected": collected()})
    return json.format(data, indent=2).decode() + "\n"


def privacy() -> str:
    """What people are told, in both languages."""
    return PRIVACY_HEAD + "".join(
        f"\n## {title}\n\n| {what} | {why} | {kept} |\n|---|---|---|\n"
        + "".join(
            f"| {words[language].what} | {words[language].why} | {words[language].kept} |\n"
            for words in PRIVACY.values()
        )
        for language, (title, what, why, kept) in TITLES.items()
    )


def _kind_row(kind: Kind) -> str:
    about = KINDS[kind]
    columns = sum(entry.kind is kind for table in TABLES.values() for entry in table.personal.values())
    return f"| {kind}{'*' if about.specific else ''} | {about.words} | {columns} |\n"


def _table(name: str, about: TableMap) -> str:
    lines = [f"\n## `{name}`\n\n"]
    if about.personal:
        lines += ["| columns | why | how long | who reads it |\n|---|---|---|---|\n", *_rows(about)]
    if about.other:
        listed = ", ".join(f"`{column}`" for column in sorted(about.other))
        lines.append(f"{chr(10) if about.personal else ''}Says nothing more about anybody: {listed}.\n")
    return "".join(lines)


def _rows(about: TableMap) -> list[str]:
    """Return a row for all columns of which the same is said, each kind of them by its name."""
    alike: dict[tuple[str, str, str], dict[Kind, list[str]]] = {}
    for column, held in about.personal.items():
        kinds = alike.setdefault((held.purpose, held.kept, held.readers), {})
        kinds.setdefault(held.kind, []).append(f"`{column}`")
    return [
        f"| {'; '.join(map(_of_kind, kinds, kinds.values()))} | {' | '.join(said)} |\n" for said, kinds in alike.items()
    ]


def _of_kind(kind: Kind, columns: Sequence[str]) -> str:
    return f"{kind}: {', '.join(columns)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files; with --check, say whether those on disk are what would be written."""
    files = {PAGE: render(), SHEET: sheet(), PRIVACY_PAGE: privacy()}
    return max(
        write_or_check(path, text, root=ROOT, about=__doc__, arguments=arguments) for path, text in files.items()
    )


if __name__ == "__main__":
    sys.exit(main())
