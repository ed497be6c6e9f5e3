"""Globs say what the specification says, and nobody can write one that runs long."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core import globs

_ALPHABET = "ab_ .\n"
texts = st.text(alphabet=_ALPHABET, max_size=12)
patterns = st.text(alphabet=_ALPHABET + "*?", max_size=8)


def plainly_matches(pattern: str, text: str) -> bool:
    """The definition, with all its backtracking."""

    @cache
    def matches(p: int, t: int) -> bool:
        if p == len(pattern):
            return t == len(text)
        if pattern[p] == "*":
            return matches(p + 1, t) or (t < len(text) and matches(p, t + 1))
        return t < len(text) and pattern[p] in ("?", text[t]) and matches(p + 1, t + 1)

    return matches(0, 0)


def word_parts(text: str) -> list[str]:
    def boundary(left: str, right: str) -> tuple[bool, bool]:
        word = set("ab_")
        return left not in word, right not in word

    edges = [boundary(text[i - 1] if i else " ", text[i] if i < len(text) else " ") for i in range(len(text) + 1)]
    return [
        text[start:end]
        for start in range(len(text) + 1)
        for end in range(start, len(text) + 1)
        if edges[start][0] and edges[end][1]
    ]


@settings(max_examples=200)
@given(patterns, texts)
def test_a_whole_match_is_what_the_definition_says(pattern: str, text: str) -> None:
    assert bool(globs.whole(pattern).match(text)) == plainly_matches(pattern, text)


@settings(max_examples=200)
@given(patterns, texts)
def test_a_word_match_is_some_part_between_boundaries(pattern: str, text: str) -> None:
    expected = any(plainly_matches(pattern, part) for part in word_parts(text))
    assert bool(globs.words(pattern).match(text)) == expected


@pytest.mark.parametrize(
    ("pattern", "body", "matches"),
    [
        ("ex*ple", "An example event.", True),
        ("ex*ple", "exple", True),
        ("ex*ple", "An exciting triple-whammy", True),
        ("cake", "pancakes", False),
        ("CAKE", "a cake.", True),
        ("@room", "hello @room!", True),
        ("c?ke", "coke, please", True),
    ],
)
def test_bodies_are_matched_by_words(pattern: str, body: str, matches: bool) -> None:
    assert bool(globs.words(pattern).match(body)) is matches


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("lunc?*", "Lunch plans", True),
        ("lunc?*", "LUNCH", True),
        ("lunc?*", " lunch", False),
        ("lunc?*", "lunc", False),
    ],
)
def test_other_properties_are_matched_whole(pattern: str, text: str, matches: bool) -> None:
    assert bool(globs.whole(pattern).match(text)) is matches


def test_a_hostile_pattern_ends() -> None:
    hostile, text = "*a" * 200 + "b", "a" * 60_000
    assert not globs.whole(hostile).match(text)
    assert not globs.words(hostile).match(text)


def test_literals_have_no_wildcards() -> None:
    assert [globs.is_literal(pattern) for pattern in ("m.room.message", "m.*", "m.room?")] == [True, False, False]


def test_a_phrase_has_no_wildcards() -> None:
    assert globs.phrase("A*").search("thanks, a*!")
    assert not globs.phrase("A*").search("all")


def test_types_are_matched_by_stars_alone() -> None:
    assert globs.stars("m.room.*").match("m.room.message")
    assert globs.stars("*.room.*").match("m.room.message")
    assert not globs.stars("m.room.?*").match("m.room.message")
    assert not globs.stars("M.*").match("m.room.message")
