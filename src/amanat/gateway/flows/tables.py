"""CSV tables: read strictly, shown in texts, and asked as the source of a connector."""

import csv
from typing import Final

from amanat.gateway.flows.likeness import most_alike
from amanat.gateway.flows.matching import folded
from amanat.gateway.flows.model import Connector, Flow, Table
from amanat.gateway.flows.session import Act, Answered
from amanat.gateway.office_files.problems import Findings
from amanat.gateway.office_files.sections import NAME

MAX_ROWS: Final = 10_000


def read_table(file: str, content: str, *, row_text: str, findings: Findings) -> Table:
    """Read a CSV file whose first line names the columns; a spreadsheet's semicolons serve as well as commas."""
    lines = content.removeprefix("\ufeff").splitlines()
    separator = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.reader(lines, delimiter=separator, strict=True)
    columns: tuple[str, ...] = ()
    rows: list[dict[str, str]] = []
    try:
        for cells in reader:
            if not columns:
                columns = _columns(file, cells, findings)
            elif len(cells) == len(columns):
                rows.append(dict(zip(columns, (cell.strip() for cell in cells), strict=True)))
            elif any(cells):
                findings.add(
                    file,
                    reader.line_num,
                    sentence=f"This row has {len(cells)} cells and the first line names {len(columns)} columns.",
                )
    except csv.Error as error:
        findings.add(file, reader.line_num, sentence=f"This row cannot be read as CSV: {error}.")
    if not columns:
        findings.add(file, 1, sentence="This table is empty: its first line names the columns.")
    if len(rows) > MAX_ROWS:
        findings.add(file, MAX_ROWS, sentence=f"A table holds {MAX_ROWS} rows at most: use a connector to a database.")
    return Table(file=file, columns=columns, rows=tuple(rows), row_text=row_text)


def answer_from_table(flow: Flow, act: Act) -> Answered | None:
    """Return what a call to a connector finds in its table; None where the source is not a table of the flow.

    Of the rows in which every value that the connector needs is the one asked for, the first counts. Capitals, spaces
    and dashes make no difference; anything else does, so that a wrong number reveals nothing. Where the connector says
    so, the row counts that is most like a text.
    """
    connector = flow.connectors.get(act.target)
    if act.kind != "call" or connector is None or not connector.table:
        return None
    row = _row_of(flow.tables[connector.table], connector, act)
    if row is None:
        return Answered(effect=act.id, outcome="not_found")
    return Answered(effect=act.id, outcome="found", values={name: row[name] for name in connector.gives})


def _row_of(table: Table, connector: Connector, act: Act) -> dict[str, str] | None:
    if connector.alike:
        (column,) = connector.needs
        place = most_alike(act.arguments.get(column, ""), [row[column] for row in table.rows])
        return None if place is None else table.rows[place]
    wanted = {name: _key(act.arguments.get(name, "")) for name in connector.needs}
    same = (row for row in table.rows if all(value and _key(row[name]) == value for name, value in wanted.items()))
    return next(same, None)


def _columns(file: str, cells: list[str], findings: Findings) -> tuple[str, ...]:
    names = tuple(cell.strip() for cell in cells)
    for name in names:
        if not NAME.fullmatch(name):
            findings.add(file, 1, sentence=f"'{name}' cannot be a column's name: use small letters, digits and '_'.")
    if len(set(names)) < len(names):
        findings.add(file, 1, sentence="Two columns have the same name.")
    return names


def _key(value: str) -> str:
    return folded(value).replace(" ", "")
