"""What a table is to a unit of work: a row type whose first fields are its key."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import FieldInfo, fields

Scalar = str | int | bytes | None
"""What a column holds: both databases keep these alike, and nothing else of theirs is used."""

Key = tuple[Scalar, ...]
Values = tuple[Any, ...]

R = TypeVar("R", bound=Struct)

_KINDS = {str: "text", int: "integer", bytes: "bytes"}


class Table(Generic[R]):
    """A table of the schema and the Struct that its rows are; the first `key` fields identify a row.

    The Struct's fields stand in the order of the table's columns. `append_only` rows are never put twice.
    """

    def __init__(self, name: str, row: type[R], *, key: int, append_only: bool = False) -> None:
        described = fields(row)
        self.name = name
        self.row = row
        self.key_size = key
        self.append_only = append_only
        self.columns: tuple[str, ...] = tuple(field.name for field in described)
        self.kinds: tuple[str, ...] = tuple(_kind(field) for field in described)

    def __repr__(self) -> str:
        return f"Table({self.name})"

    @property
    def key_columns(self) -> Sequence[str]:
        """Return the names of the columns that identify a row."""
        return self.columns[: self.key_size]


def _kind(field: FieldInfo) -> str:
    for python_type, kind in _KINDS.items():
        if field.type in (python_type, python_type | None):
            return kind
    raise TypeError(f"Column {field.name}: a row holds str, int, bytes or None, not {field.type!r}.")
