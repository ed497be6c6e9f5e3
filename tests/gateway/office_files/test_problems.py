"""A problem names a place; an unknown word brings the nearest known one."""

import pytest

from amanat.gateway.office_files.problems import FilesRefused, Findings, Problem, suggestion


@pytest.mark.parametrize(
    ("word", "known", "sentence"),
    [
        ("welcom", ["staff", "welcome"], " Did you mean 'welcome'?"),
        ("Welcome", ["welcome"], " Did you mean 'welcome'?"),
        ("xyz", ["a", "b"], " Known here: a, b."),
        ("xyz", [f"word{number}" for number in range(13)], ""),
        ("xyz", [], ""),
    ],
)
def test_the_nearest_known_word_is_named(word: str, known: list[str], sentence: str) -> None:
    assert suggestion(word, known) == sentence


def test_everything_is_told_at_once_in_order_and_only_once() -> None:
    findings = Findings()
    findings.refuse()
    for line in (9, 2, 9):
        findings.add("flow.yaml", line, sentence="No.")
    with pytest.raises(FilesRefused) as refused:
        findings.refuse()
    assert refused.value.problems == (Problem("flow.yaml", 2, "No."), Problem("flow.yaml", 9, "No."))
    assert str(refused.value) == "flow.yaml:2: No.\nflow.yaml:9: No."
