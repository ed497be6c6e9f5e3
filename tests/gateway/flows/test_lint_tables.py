"""A source that compares has one text to compare, and samples that tell something apart."""

import pytest

from amanat.gateway.flows.loading import load
from amanat.gateway.office_files.problems import FilesRefused
from tests.gateway.flows.quiz import changed

MISTAKES = [
    (
        "tables/register.csv",
        "undangan nikah buka file apk",
        "buka apk",
        "tables/register.csv:1: 'buka apk' in 'message' has too few words to be told from other texts",
    ),
    (
        "flow.yaml",
        "needs: [message]",
        "needs: [message, verdict]",
        "flow.yaml:8: The connector 'entry' compares one text with a table: it needs 'table', and one name in 'needs'.",
    ),
    (
        "flow.yaml",
        "    table: register\n",
        "",
        "flow.yaml:8: The connector 'entry' compares one text with a table: it needs 'table', and one name in 'needs'.",
    ),
    (
        "tables/register.csv",
        "message,verdict",
        "text,verdict",
        "flow.yaml:8: tables/register.csv has no column 'message'.",
    ),
    (
        "tables/register.csv",
        "listrik padam",
        "listrik padam tujuh hari,hoax\n" * 1000 + "listrik padam",
        "tables/register.csv:1000: A table that texts are compared with holds 1000 rows at most",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "sentence"), MISTAKES)
def test_a_mistake_is_told_with_its_place(file: str, old: str, new: str, sentence: str) -> None:
    with pytest.raises(FilesRefused) as refused:
        load(changed(file, old, new))
    assert any(str(problem).startswith(sentence) for problem in refused.value.problems), refused.value
