"""What values mean."""

from typing import Any

import pytest

from amanat.gateway.forms.model import Answer, Compare, Every, Given, How, Join, Negated, Some
from amanat.gateway.forms.sense import State, as_text, holds, number, options, text
from tests.gateway.forms.vectors import HELD, SCREENS

STATE = State(given={"A": HELD["data"]}, answers={"A": {"umur": "20"}})


def test_words_are_joined() -> None:
    assert text(SCREENS[0].parts[0].text, STATE) == HELD["heading"]


@pytest.mark.parametrize(
    ("left", "how", "right", "is_so"),
    [
        ("10", "==", 10, True), (True, "==", "true", True), ("a", "!=", "b", True), (None, "==", "", True),
        ("9", "<", "10", True), ("9", "<", "b", False), (10, ">=", 10.0, True), (True, ">", 0, False),
    ],
)  # fmt: skip
def test_comparisons(left: Any, how: How, right: Any, is_so: bool) -> None:
    assert holds(Compare(how, left, right), STATE) is is_so


def test_only_true_is_true() -> None:
    others: list[Any] = ["true", 1, "x", None, [], Answer("A", "umur")]
    assert not any(holds(value, STATE) for value in others)
    assert holds(Every((True, Negated(False), Some((False, True)))), STATE)


def test_what_names_nothing_is_nothing() -> None:
    assert text(Join((Given("Z", "a"), Answer("A", "z"), "!")), STATE) == "!"
    assert options(Given("A", "kota"), STATE) == []
    assert number("zwei", STATE) is None


@pytest.mark.parametrize(
    ("found", "words"), [(1.0, "1"), (0.5, "0.5"), (["a", 1], "a, 1"), ({"a": 1}, ""), (None, ""), (False, "false")]
)
def test_words(found: Any, words: str) -> None:
    assert as_text(found) == words
