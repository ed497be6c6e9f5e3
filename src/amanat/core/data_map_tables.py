"""The whole data map, and what it comes to for each kind of data. Pure."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from amanat.core.data_map import KINDS, Kind, TableMap, joined
from amanat.core.data_map_accounts import ACCOUNTS
from amanat.core.data_map_products import PRODUCTS
from amanat.core.data_map_rooms import ROOMS

TABLES: Final[Mapping[str, TableMap]] = joined((*ROOMS, *ACCOUNTS, *PRODUCTS))


class Collected(Struct, frozen=True, kw_only=True):
    """One kind of data, everywhere: why it is kept, for how long, who reads it, and in which columns it stands."""

    kind: Kind
    about: str
    may_hold_specific_data: bool
    purposes: list[str]
    kept: list[str]
    readers: list[str]
    columns: list[str]


def collected() -> list[Collected]:
    """Return what there is of each kind."""
    return [_collected(kind) for kind in Kind]


def _collected(kind: Kind) -> Collected:
    entries = {
        f"{table}.{column}": entry
        for table, about in TABLES.items()
        for column, entry in about.personal.items()
        if entry.kind is kind
    }
    return Collected(
        kind=kind,
        about=KINDS[kind].words,
        may_hold_specific_data=KINDS[kind].specific,
        purposes=sorted({entry.purpose for entry in entries.values()}),
        kept=sorted({entry.kept for entry in entries.values()}),
        readers=sorted({entry.readers for entry in entries.values()}),
        columns=sorted(entries),
    )
