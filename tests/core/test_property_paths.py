"""Paths into events, escapes and all."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core.property_paths import ABSENT, at, parse


@pytest.mark.parametrize(
    ("path", "pieces"),
    [
        ("content.body", ("content", "body")),
        (r"content.m\.relates_to.rel_type", ("content", "m.relates_to", "rel_type")),
        (r"content.m\\foo", ("content", "m\\foo")),
        (r"a\\.b", ("a\\", "b")),
        (r"a\xb", (r"a\xb",)),
        ("a\\", ("a\\",)),
        ("", ("",)),
        ("a..b.", ("a", "", "b", "")),
    ],
)
def test_paths_split_at_bare_dots(path: str, pieces: tuple[str, ...]) -> None:
    assert parse(path) == pieces


@settings(max_examples=100)
@given(st.lists(st.text(alphabet="a.\\\nx", max_size=5), min_size=1, max_size=4))
def test_what_is_escaped_comes_back(pieces: list[str]) -> None:
    path = ".".join(piece.replace("\\", "\\\\").replace(".", "\\.") for piece in pieces)
    assert parse(path) == tuple(pieces)


def test_a_value_is_found_or_absent() -> None:
    event: dict[str, Any] = {"content": {"a.b": None, "list": []}}
    assert at(event, ("content", "a.b")) is None
    assert at(event, ("content", "missing")) is ABSENT
    assert at(event, ("content", "list", "0")) is ABSENT
