"""The table shows what was measured, side by side, and says what was not."""

from bench.figures import Figure, Line
from bench.table import markdown

SEND = Line(key="send", work="send", unit="µs", must=(150,), aim=(115,))
SYNC = Line(key="sync", work="sync", unit="ms", must=(150,), aim=(60,))
TITLES = {"synapse": "Synapse 1", "amanat": "Amanat"}


def cells(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]


def test_subjects_stand_side_by_side_with_their_ratio_and_the_verdict() -> None:
    results = {"synapse": {"send": Figure(values=(8000,))}, "amanat": {"send": Figure(values=(120,))}}
    head, _, row = cells(markdown([SEND], results, titles=TITLES))
    assert head == ["work", "Synapse 1", "Amanat", "Amanat : Synapse 1", "must", "aim", ""]
    assert row == ["send", "8,000 µs", "120 µs", "0.015", "≤ 150 µs", "≤ 115 µs", "must"]


def test_a_smaller_load_is_told_beside_its_figure() -> None:
    results = {"synapse": {"sync": Figure(values=(530,), note="150 rooms")}}
    *_, row = cells(markdown([SYNC], results, titles=TITLES))
    assert row[1:4] == ["530 ms (150 rooms)", "–", "–"]


def test_without_amanat_there_is_nothing_to_hold_against_the_bounds() -> None:
    results = {"synapse": {"send": Figure(values=(1,))}}
    head, _, row = cells(markdown([SEND], results, titles={"synapse": "Synapse 1"}))
    assert head == ["work", "Synapse 1", "must", "aim", ""]
    assert row[-1] == ""
