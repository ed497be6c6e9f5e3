"""Marks are counted in UTF-16 code units, whoever counts them."""

import pytest

from amanat.gateway.telegram_bot_api.entities import (
    Draft,
    Entity,
    Formatted,
    given,
    seen,
    trimmed,
    utf16_length,
    with_found,
)
from tests.gateway.telegram_bot_api.marks import described


def test_a_character_beyond_the_first_plane_is_two_units() -> None:
    assert [utf16_length(text) for text in ("", "abc", "é", "😀", "👨‍👩‍👧")] == [0, 3, 1, 2, 8]
    draft = Draft()
    draft.add("😀")
    draft.add("b")
    draft.mark("bold", 2)
    draft.mark("italic", 3)
    assert (draft.text, described(draft.formatted())) == ("😀b", ["bold 2+1"])


def test_what_a_bot_gives_is_taken_as_far_as_it_fits() -> None:
    items = [
        {"type": "italic", "offset": 2, "length": 1},
        {"type": "bold", "offset": "0", "length": 3},
        {"type": "bold", "offset": 0, "length": 4},
        {"type": "bold", "offset": -1, "length": 1},
        {"type": "bold", "offset": 1, "length": 0},
        {"type": "bot_command", "offset": 0, "length": 1},
        {"type": "text_link", "offset": 0, "length": 2, "url": "https://e.id", "new": 1},
        {"offset": 0},
        "bold",
    ]
    assert described(given(items, "😀b")) == ["bold 0+3", "text_link 0+2 https://e.id", "italic 2+1"]


def test_space_around_a_text_is_no_part_of_it() -> None:
    marks = (Entity(type="bold", offset=0, length=6), Entity(type="italic", offset=4, length=2))
    formatted = trimmed(Formatted(" \n😀  ", marks))
    assert (formatted.text, described(formatted)) == ("😀", ["bold 0+2"])
    assert trimmed(Formatted("a b", marks)) == Formatted("a b", marks)


def test_a_text_has_a_hundred_marks_at_most() -> None:
    many = tuple(Entity(type="bold", offset=at, length=1) for at in range(200))
    assert [len(trimmed(Formatted(text, many)).entities) for text in ("x" * 200, " " + "x" * 200)] == [100, 99]


def test_what_was_added_since_a_place() -> None:
    draft = Draft()
    for piece in "a", "😀", "b":
        draft.add(piece)
    assert [draft.since(place) for place in (0, 1, 3, 4)] == ["a😀b", "😀b", "b", ""]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("/start ktp", ["bot_command 0+6"]),
        ("😀 /a@bot_1 and/not http://e.id/x", ["bot_command 3+8", "url 20+13"]),
        ("lihat https://e.id/a(b). www", ["url 6+16"]),
        ("a.b@e.co.id @nama #desa #1 $IDR", ["email 0+11", "mention 12+5", "hashtag 18+5", "cashtag 27+4"]),
        ("1/2 //x a/b", []),
    ],
)
def test_what_stands_in_a_text_is_found(text: str, marks: list[str]) -> None:
    assert described(with_found(Formatted(text))) == marks


def test_nothing_is_found_in_code_and_links() -> None:
    marks = (Entity(type="code", offset=0, length=2), Entity(type="bold", offset=3, length=2))
    assert described(with_found(Formatted("/a /b", marks))) == ["code 0+2", "bold 3+2", "bot_command 3+2"]


def test_what_nobody_sees_is_a_space() -> None:
    assert seen("a\x00b\r\n\tc") == "a b\n\tc"
