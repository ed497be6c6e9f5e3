"""Texts with values in them, and texts without an app that shows them."""

import pytest

from amanat.gateway.flows.model import Option
from amanat.gateway.flows.rendering import escaped, fallback, in_words, plain, render
from amanat.gateway.flows.session import Message
from tests.gateway.flows.sample import FLOW_READ


def test_a_value_is_put_in_once_and_a_missing_one_is_a_dash() -> None:
    variables = {"desk.number": "{desk.time}", "desk.date": "2026-12-01"}
    said = render(FLOW_READ, "booked", language="en", variables=variables)
    assert said == "{desk.time}, 1 December 2026 at –."


def test_a_table_is_shown_row_by_row_in_the_words_of_the_language() -> None:
    said = render(FLOW_READ, "fees", language="id", variables={})
    assert said == "Biaya:\n- Paspor: 350.000\n- Izin \\*cepat\\*: {nik}"


def test_the_bots_own_words_are_there_for_what_a_flow_does_not_say() -> None:
    assert render(FLOW_READ, "cancelled", language="en", variables={}) == "All right, that is cancelled."


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a *b* _c_ [d](e)", "a \\*b\\* \\_c\\_ \\[d\\](e)"),
        ("# one\n- two", "\\# one - two"),
        ("- one", "\\- one"),
        ("1. one", "1\\. one"),
        ("350.000", "350.000"),
        ("<b>", "\\<b\\>"),
    ],
)
def test_a_value_shows_as_itself_and_nothing_else(value: str, shown: str) -> None:
    assert escaped(value) == shown
    assert plain(shown) == " ".join(value.split())


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**bold** and *thin* and _low_", "bold and thin and low"),
        ("***both***", "both"),
        ("snake_case_word", "snake_case_word"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("[the office](https://kantor.example/a)", "the office (https://kantor.example/a)"),
    ],
)
def test_markdown_reads_plainly(markdown: str, text: str) -> None:
    assert plain(markdown) == text


def test_a_menu_is_numbered_for_apps_without_buttons() -> None:
    options = (Option("a", "First", "the best"), Option("b", "Second"))
    message = Message(text="Choose.", options=options, menu="m", hint="Answer with a number.")
    assert message.style == "list"
    assert fallback(message) == "Choose.\n\n1. First – the best\n2. Second\n\nAnswer with a number."


def test_a_few_short_options_are_buttons() -> None:
    assert Message(text="?", options=(Option("a", "A"), Option("b", "B"))).style == "buttons"
    assert Message(text="?", options=tuple(Option(x, x) for x in "abcd")).style == "list"
    assert Message(text="?").style == "text"


@pytest.mark.parametrize(
    ("value", "language", "words"),
    [
        ("2026-12-01", "id", "1 Desember 2026"),
        ("2026-12-01", "jv", "2026-12-01"),
        ("2026-13-01", "id", "2026-13-01"),
        ("1", "id", "1"),
    ],
)
def test_a_date_is_told_in_words(value: str, language: str, words: str) -> None:
    assert in_words(value, language) == words
