"""Quick replies stand in the same order in every language, or are refused with file and line."""

import pytest

from amanat.gateway.office_files.problems import Findings
from amanat.gateway.office_files.quick_replies import MAX_REPLIES, MAX_TEXT, QuickReply, read_quick_replies

ID, EN = "quick_replies.id.md", "quick_replies.en.md"
ONE = "## Salam\n\nHalo.\n\nApa kabar?\n"


def _read(contents: dict[str, str]) -> tuple[tuple[QuickReply, ...], list[str]]:
    findings = Findings()
    replies = read_quick_replies(contents, languages=("id", "en"), findings=findings)
    return replies, [str(problem) for problem in findings.problems]


def test_a_reply_has_a_title_and_a_text_in_each_language() -> None:
    replies, problems = _read({ID: ONE, EN: "## Greeting\nHello.\n"})
    assert problems == []
    assert replies == (
        QuickReply(title={"id": "Salam", "en": "Greeting"}, text={"id": "Halo.\n\nApa kabar?", "en": "Hello."}),
    )
    assert _read({}) == ((), [])


@pytest.mark.parametrize(
    ("contents", "problem"),
    [
        ({ID: ONE}, f"{EN}:1: {ID} is there"),
        ({ID: ONE, EN: ""}, f"{EN}:1: 0 replies stand here and 1 in {ID}"),
        ({ID: "## Salam\n", EN: ONE}, f"{ID}:1: A reply's text"),
        ({ID: f"## {'x' * 81}\nHalo\n", EN: ONE}, f"{ID}:1: A reply's title"),
        ({ID: f"## Salam\n{'x' * (MAX_TEXT + 1)}\n", EN: ONE}, f"{ID}:1: A reply's text"),
        ({ID: ONE + ONE, EN: "## A\na\n## B\nb\n"}, f"{ID}:6: There is a reply 'Salam'"),
        ({ID: "Halo\n" + ONE, EN: ONE}, f"{ID}:1: This line stands above"),
    ],
)
def test_a_slip_is_told_with_its_place(contents: dict[str, str], problem: str) -> None:
    assert any(told.startswith(problem) for told in _read(contents)[1]), _read(contents)[1]


def test_there_are_not_too_many() -> None:
    many = "".join(f"## {number}\na\n" for number in range(MAX_REPLIES + 1))
    assert "at most" in _read({ID: many, EN: many})[1][0]
