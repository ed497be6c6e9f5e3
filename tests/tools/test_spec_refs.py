"""What a reference to the specification looks like, and that it must lead somewhere."""

from pathlib import Path

import pytest

from tools.spec_refs import check, problems_of

KNOWN = {"rooms/v11", "client-server-api#receipts", "rooms/v11#redactions", "appendices#canonical-json"}


@pytest.mark.parametrize(
    "prose",
    [
        "# spec: client-server-api#receipts",
        "Read receipts: which of two wins. Pure; spec: client-server-api#receipts.",
        "spec: rooms/v11#redactions, appendices#canonical-json",
        "spec: client-server-api#receipts. A receipt never moves back.",
        "What each version does; spec: rooms/v11.",
        "spec: rooms/v11#redactions, the same in 12",
        "Names of things. Spec: appendices#canonical-json.",
        "what the specification says",
    ],
)
def test_a_reference_to_a_known_place_is_fine(prose: str) -> None:
    assert list(problems_of(prose, KNOWN)) == []


def test_a_reference_that_leads_nowhere_names_the_nearest_place() -> None:
    assert list(problems_of("# spec: client-server-api#receipt", KNOWN)) == [
        "client-server-api#receipt is not in the specification; did you mean client-server-api#receipts?"
    ]


def test_the_second_of_two_places_is_checked_too() -> None:
    assert len(list(problems_of("# spec: rooms/v11#redactions, nowhere#else", KNOWN))) == 1


@pytest.mark.parametrize("prose", ["# spec: section 11.2", "# spec:", "# spec: receipts"])
def test_a_reference_without_page_and_anchor_is_refused(prose: str) -> None:
    (problem,) = problems_of(prose, KNOWN)
    assert problem.startswith("not of the form")


def test_comments_and_docstrings_are_read_and_code_is_not(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src/a.py").write_text(
        '"""One.\n\nspec: no#where"""\nspec: str = "spec: in data"\nx = 1  # spec: no#place\n'
    )
    (tmp_path / "src/b.sql").write_text("-- spec: no#table\nSELECT 1;\n")
    places = [problem.partition(" is not")[0] for problem in check(tmp_path, KNOWN)]
    assert places == ["src/a.py:5: no#place", "src/a.py:3: no#where", "src/b.sql:1: no#table"]
