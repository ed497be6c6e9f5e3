"""CSV tables, as spreadsheets write them, and as a source of answers."""

import pytest

from amanat.gateway.flows.loading import load
from amanat.gateway.flows.session import Act, Answered
from amanat.gateway.flows.tables import answer_from_table, read_table
from amanat.gateway.office_files.problems import FilesRefused, Findings
from tests.gateway.flows import quiz
from tests.gateway.flows.sample import FLOW_READ


def act(kind: str = "call", target: str = "paper", **arguments: str) -> Act:
    return Act(id="7", kind=kind, target=target, arguments=arguments, secrets=frozenset(), deadline_ms=0)  # type: ignore[arg-type]


@pytest.mark.parametrize("content", ["a,b\n1,x y\n", "a;b\r\n1;x y\r\n", '\ufeffa,b\n1," x y"\n\n', "a;b\n1;x y\n"])
def test_a_table_is_read_as_spreadsheets_write_it(content: str) -> None:
    findings = Findings()
    table = read_table("t.csv", content, row_text="", findings=findings)
    findings.refuse()
    assert (table.columns, table.rows) == (("a", "b"), ({"a": "1", "b": "x y"},))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "t.csv:1: This table is empty: its first line names the columns."),
        ("a,b\n1\n", "t.csv:2: This row has 1 cells and the first line names 2 columns."),
        ("a,A b\n", "t.csv:1: 'A b' cannot be a column's name: use small letters, digits and '_'."),
        ("a,a\n", "t.csv:1: Two columns have the same name."),
        ('a,b\n"1"x,2\n', "t.csv:2: This row cannot be read as CSV: "),
        ("a\n" + "1\n" * 10_001, "t.csv:10000: A table holds 10000 rows at most: use a connector to a database."),
    ],
)
def test_a_damaged_table_is_told_with_its_line(content: str, sentence: str) -> None:
    findings = Findings()
    read_table("t.csv", content, row_text="", findings=findings)
    with pytest.raises(FilesRefused) as refused:
        findings.refuse()
    assert str(refused.value).startswith(sentence)


def test_a_row_is_found_whatever_its_spaces_and_dashes() -> None:
    found = answer_from_table(FLOW_READ, act(nik="3171-0000 0000 0001"))
    assert found == Answered(effect="7", outcome="found", values={"status": "ready"})


@pytest.mark.parametrize("nik", ["3171000000000003", "317100000000000", "", "*"])
def test_anything_else_finds_nothing(nik: str) -> None:
    assert answer_from_table(FLOW_READ, act(nik=nik)) == Answered(effect="7", outcome="not_found")


def test_another_source_is_not_asked_of_a_table() -> None:
    assert answer_from_table(FLOW_READ, act(target="permit", nik="1")) is None
    assert answer_from_table(FLOW_READ, act(kind="book", target="desk")) is None


@pytest.mark.parametrize(
    ("message", "outcome", "values"),
    [
        ("PENTING: listrik padam tujuh hari, sebarkan!", "found", {"verdict": "hoax"}),
        ("Selamat pagi semua", "not_found", {}),
    ],
)
def test_a_text_is_compared_with_samples_where_the_flow_says_so(
    message: str, outcome: str, values: dict[str, str]
) -> None:
    answer = answer_from_table(load(quiz.FILES), act(target="entry", message=message))
    assert answer == Answered(effect="7", outcome=outcome, values=values)
