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


def test_bounds_are_also_set_for_a_machine_of_another_pace() -> None:
    results = {
        "bare": {"send_cpu": Figure(values=(144,))},
        "amanat": {"send": Figure(values=(280,)), "memory": Figure(values=(30,))},
    }
    memory = Line(key="memory", work="memory", unit="kB", must=(25,), aim=(16,))
    head, _, send, kept = cells(markdown([SEND, memory], results, titles={"bare": "bare stack", "amanat": "Amanat"}))
    assert head[-2:] == ["must × 2", ""]
    assert send[-3:] == ["missed", "≤ 300 µs", "must"]
    assert kept[-3:] == ["missed", "≤ 25 kB", "missed"]


def test_without_amanat_there_is_nothing_to_hold_against_the_bounds() -> None:
    results = {"synapse": {"send": Figure(values=(1,))}}
    head, _, row = cells(markdown([SEND], results, titles={"synapse": "Synapse 1"}))
    assert head == ["work", "Synapse 1", "must", "aim", ""]
    assert row[-1] == ""
