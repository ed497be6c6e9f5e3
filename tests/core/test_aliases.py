"""What a room says of its own aliases."""

from typing import Any

import pytest

from amanat.core.aliases import aliases_named, without_alias
from amanat.core.errors import InvalidParam

A, B = "#a:here", "#b:here"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ({}, []),
        ({"alias": None}, []),
        ({"alias": "", "alt_aliases": []}, []),
        ({"alias": A, "alt_aliases": [B, A]}, [A, B]),
        ({"alt_aliases": [B]}, [B]),
    ],
)
def test_aliases_are_named_once_the_main_one_first(content: dict[str, Any], named: list[str]) -> None:
    assert aliases_named(content) == named


@pytest.mark.parametrize("content", [{"alias": 1}, {"alias": "a"}, {"alt_aliases": A}, {"alt_aliases": [A, 2]}])
def test_what_is_malformed_is_refused(content: dict[str, Any]) -> None:
    with pytest.raises(InvalidParam):
        aliases_named(content)


@pytest.mark.parametrize(
    ("content", "left"),
    [
        ({"alias": A, "alt_aliases": [A, B]}, {"alt_aliases": [B]}),
        ({"alias": B, "alt_aliases": [A]}, {"alias": B, "alt_aliases": []}),
        ({"alias": B}, {"alias": B}),
        ({}, {}),
    ],
)
def test_a_deleted_alias_is_named_no_longer(content: dict[str, Any], left: dict[str, Any]) -> None:
    assert without_alias(content, A) == left
