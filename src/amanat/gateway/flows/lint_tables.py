"""Tables as sources: a connector finds its columns in them, and samples that are compared with say enough."""

from collections.abc import Mapping

from amanat.gateway.flows.likeness import FEWEST, MOST_CELLS, short_samples
from amanat.gateway.flows.model import Table
from amanat.gateway.flows.structure import FILE, Structure
from amanat.gateway.office_files.problems import Findings, suggestion


def check_tables(structure: Structure, tables: Mapping[str, Table], *, findings: Findings) -> None:
    """Note every connector whose table has not what it needs, and samples that tell nothing apart."""
    for name, connector in structure.connectors.items():
        line = structure.connector_lines[name]
        if not connector.table:
            continue
        table = tables.get(connector.table)
        if table is None:
            known = suggestion(connector.table, tables)
            findings.add(FILE, line, sentence=f"There is no table '{connector.table}'.{known}")
            continue
        for column in (*connector.needs, *connector.gives):
            if column not in table.columns:
                known = suggestion(column, table.columns)
                findings.add(FILE, line, sentence=f"{table.file} has no column '{column}'.{known}")
        if connector.alike and set(connector.needs) <= set(table.columns):
            _check_samples(table, connector.needs[0], findings)


def _check_samples(table: Table, column: str, findings: Findings) -> None:
    if len(table.rows) > MOST_CELLS:
        sentence = f"A table that texts are compared with holds {MOST_CELLS} rows at most: use a connector without one."
        findings.add(table.file, MOST_CELLS, sentence=sentence)
    for row in table.rows:
        for sample in short_samples(row[column]):
            sentence = (
                f"'{sample}' in '{column}' has too few words to be told from other texts: write {FEWEST} or more."
            )
            findings.add(table.file, 1, sentence=sentence)
