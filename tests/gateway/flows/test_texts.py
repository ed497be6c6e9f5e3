"""Markdown files of texts: headings, menus at the end of a text, comments."""

import pytest

from amanat.gateway.flows.model import Option
from amanat.gateway.flows.texts import read_texts
from amanat.gateway.office_files.problems import FilesRefused, Findings


def read(content: str) -> dict[str, tuple[str, list[Option]]]:
    findings = Findings()
    texts = read_texts("texts/id.md", content, menus={"menu"}, findings=findings)
    findings.refuse()
    return {name: (text.body, list(text.options.values())) for name, text in texts.items()}


def test_a_text_is_all_that_stands_below_its_heading() -> None:
    assert read("# Title\n\n## one\n\nHello\n\n- a: b\n\n## two ##\nBye\n") == {
        "one": ("Hello\n\n- a: b", []),
        "two": ("Bye", []),
    }


def test_a_menu_is_the_last_list_of_its_text() -> None:
    body, options = read("## menu\nBring:\n- paper\n\nChoose:\n- a: First – the best\n* b: Second-hand\n\n")["menu"]
    assert body == "Bring:\n- paper\n\nChoose:"
    assert options == [Option("a", "First", "the best"), Option("b", "Second-hand")]


def test_a_comment_is_not_said_and_moves_no_line() -> None:
    findings = Findings()
    content = "<!-- for\nclerks -->\n## one\nHello<!-- quiet -->\n"
    text = read_texts("texts/id.md", content, menus=(), findings=findings)["one"]
    assert (text.body, text.line, text.body_line) == ("Hello", 3, 4)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("Hello\n## one\nHi", "texts/id.md:1: This line stands above the first '## name' and is never said."),
        ("## one\nHi\n## one\nHo", "texts/id.md:3: There is a text 'one' above already, in line 1: drop one."),
        ("## one\n\n", "texts/id.md:1: The text 'one' is empty."),
        ("## One\nHi", "texts/id.md:1: 'One' cannot be a text's name: use small letters, digits and '_'."),
        ("## menu\nHi\n- a: A\n- a: B", "texts/id.md:4: The option 'a' stands in this menu a second time."),
    ],
)
def test_a_slip_is_told_with_its_line(content: str, sentence: str) -> None:
    with pytest.raises(FilesRefused) as refused:
        read(content)
    assert str(refused.value) == sentence
