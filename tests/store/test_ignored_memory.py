"""Whom people ignore: read without trusting what a client wrote."""

from typing import Any

import pytest
from msgspec import json

from amanat.store.ignored_memory import MAX_IGNORED, ignored_in


def test_a_list_is_read() -> None:
    content = json.encode({"ignored_users": {"@eve:localhost": {}}})

    assert ignored_in(content, of="@bob:localhost") == {"@eve:localhost"}


@pytest.mark.parametrize("content", [{}, [], {"ignored_users": None}, {"ignored_users": ["@eve:localhost"]}, "x"])
def test_what_is_no_list_ignores_nobody(content: Any) -> None:
    assert ignored_in(json.encode(content), of="@bob:localhost") == frozenset()


def test_nobody_ignores_themselves() -> None:
    content = json.encode({"ignored_users": {"@bob:localhost": {}}})

    assert ignored_in(content, of="@bob:localhost") == frozenset()


def test_there_is_an_end_to_it() -> None:
    content = json.encode({"ignored_users": {f"@{number}:localhost": {} for number in range(MAX_IGNORED + 5)}})

    assert len(ignored_in(content, of="@bob:localhost")) == MAX_IGNORED
