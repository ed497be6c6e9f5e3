"""What both kinds of database share: an operator's query, bounded. What people say is never part of its text."""

from collections.abc import Sequence

from amanat.gateway.connectors.source import MAX_VALUE


def bounded(query: str, columns: Sequence[str]) -> str:
    """Return a query for the first row of another and the wanted columns of it, each as text of a bounded length.

    `query` is the operator's; the names of the columns are the flow's, and quoted. Inside brackets nothing but a SELECT
    can stand.
    """
    wanted = ", ".join(f"substr(CAST(asked.{_quoted(column)} AS text), 1, {MAX_VALUE})" for column in columns)
    return f"SELECT {wanted} FROM (\n{query.strip().rstrip(';')}\n) AS asked LIMIT 1"  # noqa: S608 - see above


def values_of(row: Sequence[str | None], columns: Sequence[str]) -> dict[str, str]:
    """Return a row's values by their names; NULL is the empty text."""
    return {name: value or "" for name, value in zip(columns, row, strict=True)}


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
